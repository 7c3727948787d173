"""Two windows to play in: the functions of xor.py and cubic.py behind buttons and sliders.

What it teaches: what you find out.

    python -m figures.playground xor
    python -m figures.playground cubic --save FILE.gif    a film of a fixed run, no window
"""

import argparse
import os
import signal
from functools import partial
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.widgets import Button, RadioButtons, Slider

import cubic
import xor
from dataset import GATES, polynomial, truth_table
from figures import draw, style

NAME = style.minus("x³ - 15x")
RATES = [k * 10.0**n for n in range(-2, 3) for k in range(1, 10)] + [1000]
LEARNED = "Learned: every output is within 0.1 of the desired one"
DIVERGED = "The training diverged, and was reset: try a smaller learning rate, near 0.3."
SLOWER = "It is stuck: try Reset with a learning rate near {}."
slider = partial(Slider, valinit=0, valfmt="%g", initcolor="none")


def gate_of(outputs):
    """Return the name of the gate with these four outputs, or the outputs as 0 and 1."""
    on = np.asarray(outputs) > 0.5
    names = [gate for gate in GATES if np.array_equal(truth_table(gate)[1][:, 0], on)]
    return names[0].upper() if names else "".join(f"{one:d}" for one in on)


class Playground:
    """What both windows share: controls, and a timer that trains and draws in turn."""

    @style.sheet
    def __init__(self):
        options = {"font.size": 9, "axes.titlesize": 9, "axes.titley": 1.02, "toolbar": "None"}
        plt.rcParams.update(options)
        self.figure = plt.figure("Playground", (style.WIDTH, 3.6), dpi=190, layout="none")
        self.message = self.figure.text(0.5, 0.95, "", weight="bold", ha="center")
        self.canvas, self.controls = self.figure.canvas, []
        self.canvas.mpl_disconnect(self.canvas.manager.key_press_handler_id)  # L changes scales
        # Two controls can't hold the mouse: let go what still does, before any is pressed.
        free = self.canvas.release_mouse
        self.canvas.mpl_connect("button_press_event", lambda e: free(e.canvas.mouse_grabber))

        add, place, size = self.add, (0, 0.36, 0.13, 0.48), (0.06, 0.125, 0.09)
        self.choice = add(RadioButtons, place, self.choose, self.CHOICES, useblit=False)
        self.start = add(Button, (0.02, *size), lambda _: self.run(not self.running), "")
        add(Button, (0.155, *size), lambda _: (self.run(False), self.train(1)), "One step")
        add(Button, (0.29, *size), lambda _: (self.run(False), self.restart()), "Reset")
        # A slider is longer than its steps: a knob that leaves its axes can't be held.
        place, ends = (0.62, 0.085, 0.3, 0.05), ("seed", -1.5, 51.5)
        self.seed = add(slider, place, self.restart, *ends, valstep=range(51))
        place, ends = (0.62, 0.15, 0.3, 0.05), ("learning rate", 0.007, 1500)
        self.rate = add(slider, place, self.change, *ends, valstep=RATES, valinit=self.RATE)
        self.rate.ax.set_xscale("log")
        self.build()
        self.run(False)
        self.restart()
        self.show()
        self.timer = self.canvas.new_timer(1, [(self.tick, (), {})])
        self.timer.start()
        self.canvas.mpl_connect("close_event", lambda _: self.timer.stop())

    def add(self, kind, place, action, *args, **options):
        """Add a control. After its action all is drawn."""
        control = kind(self.figure.add_axes(place), *args, **options)
        control.ax.spines[:].set_visible(False)
        control.drawon = False
        connect = control.on_changed if kind is slider else control.on_clicked
        connect(lambda value: (action(value), self.show()))
        self.controls.append(control)  # nobody else remembers it
        return control

    def run(self, running):
        self.running = running
        self.start.label.set_text("Pause" if running else self.START)

    def restart(self, _=None):
        self.parameters = self.initialize(np.random.default_rng(int(self.seed.val)))
        self.change()

    def change(self, _=None):
        self.losses = []
        self.message.set_text("")

    def train(self, iterations):
        data = self.x, self.y, self.parameters
        with np.errstate(all="ignore"):  # numbers that grow too large are met below
            self.losses += self.SCRIPT.train(*data, iterations, self.rate.val, **self.speed)
        if not self.losses[-1] < 1e4:
            self.run(False)
            self.restart()
            self.message.set_text(DIVERGED)

    def tick(self):
        """Train, one iteration for the first picture, then more and more."""
        if self.running:
            self.train(min(1 + len(self.losses) // 10, 50))
            self.show()

    def show(self):
        for axes in self.plots:
            for part in (*axes.images, *axes.lines, *axes.collections, *axes.texts):
                part.remove()
        y_hat = self.SCRIPT.predict(self.x, self.parameters)
        error = np.abs(y_hat - self.y)
        loss = np.mean(error**2)
        self.update(y_hat, loss)
        if n := len(self.losses):  # else the message may be that it diverged
            speed = self.rate.val / self.RATE  # a slow one has more time
            stuck = n > 1000 * max(1, 1 / speed) and loss > 0.9 * self.losses[n // 2]
            advice = self.STUCK if speed < 1.5 else SLOWER.format(self.RATE)
            self.message.set_text(LEARNED if error.max() < 0.1 else advice if stuck else "")
        self.canvas.draw_idle()


class Xor(Playground):
    """xor.py: the square of its inputs, the network, the loss."""

    SCRIPT, START, RATE, speed = xor, "Start", 8, {}
    STUCK = "It is stuck: try more hidden nodes."
    CHOICES = "XOR", "XNOR", "AND", "NAND", "OR", "NOR"

    def build(self):
        place, ends, nodes = (0.62, 0.02, 0.3, 0.05), ("hidden nodes", 0.8, 8.2), range(1, 9)
        self.hidden = self.add(slider, place, self.restart, *ends, valstep=nodes, valinit=4)
        self.square = self.figure.add_axes((0.165, 0.36, 0.275, 0.489))
        self.network = self.figure.add_axes((0.45, 0.25, 0.325, 0.62))
        self.loss_axes = self.figure.add_axes((0.85, 0.36, 0.12, 0.489), xlim=(0, 1), xticks=())
        self.loss_axes.set(yscale="log", ylim=(1e-4, 1), yticks=(1e-4, 0.01, 1))
        self.loss_axes.set_yticklabels(("0.0001", "0.01", "1"))
        self.loss_axes.minorticks_off()  # they would take long to draw
        self.plots = self.square, self.loss_axes
        self.x, self.y = truth_table("xor")
        self.canvas.mpl_connect("button_press_event", self.click)

    def choose(self, gate):
        self.x, self.y = truth_table(gate.lower())
        self.restart()

    def initialize(self, rng):
        n = int(self.hidden.val)
        W1, B1, W2, B2 = xor.initialize(2, n, 1, rng)
        gap = max(2, n / 2)
        layers = [np.zeros((nodes, draw.SIDE, draw.SIDE)) for nodes in (2, n, 1)]
        self.network.clear()
        draw.network(self.network, [W1, W2], layers, gap)
        self.network.set(xlim=(-0.6, 2 * gap + 0.4), ylim=(-gap - 0.4, gap + 0.4))
        return [W1, B1, W2, B2]

    def click(self, event):
        """Turn the desired output of the nearest point over; training goes on from there."""
        if event.inaxes is self.square:
            nearest = np.hypot(*(self.x - [event.xdata, event.ydata]).T).argmin()
            self.y[nearest] = 1 - self.y[nearest]
            self.change()
            self.show()

    def update(self, y_hat, loss):
        W1, B1, W2, _ = self.parameters
        _, _, a1, _, a2 = xor.forward(draw.PLANE, self.parameters)
        draw.square(self.square, a2, W1, B1, W2)
        draw.desired_points(self.square, self.x, self.y)
        self.square.images[0].set_interpolation("nearest")  # bilinear takes long
        draw.beside_points(self.square, self.x, [f"{y:.2f}" for y in y_hat[:, 0]])
        gate = gate_of(self.y[:, 0])
        self.square.title.set_text(f"desired: {gate if gate.isalpha() else 'your own'}")
        draw.renew(self.network, [W1, W2], draw.squares([*draw.PLANE.T, *a1, *a2]))
        n = len(self.losses)
        losses = self.losses[:: 1 + n // 500]  # a line of a million points would take long
        x, y = np.linspace(0, 1, len(losses)), np.maximum(losses, 1e-4)
        self.loss_axes.plot(x, y, **style.LOSS)
        self.loss_axes.title.set_text(style.minus(f"iteration {n}\nloss {loss:.2g}"))


class Cubic(Playground):
    """cubic.py: three steps, each beside its sliders, and their sum."""

    SCRIPT, START, RATE = cubic, "Descend", 0.3
    STUCK = "It is stuck: try Reset."
    CHOICES = NAME, "x³ + 15x"
    initialize = staticmethod(partial(cubic.initialize, 3))  # a partial may become a method

    def build(self):
        self.sum_axes = self.figure.add_axes((0.21, 0.36, 0.29, 0.489), xlim=(-1.1, 1.1))
        self.sum_axes.set(xlabel="x / 5", ylabel="y / spread", ylim=(-3, 3))
        self.plots, self.sliders = [self.sum_axes], {}
        for k, low in enumerate((0.70, 0.475, 0.25)):
            axes = self.figure.add_axes((0.56, low, 0.12, 0.18), xlim=(-1.1, 1.1))
            axes.set(ylim=(-5, 5), xticks=(), yticks=(), ylabel=f"step {k + 1}")
            self.plots.append(axes)
            for i, name in enumerate(("W1", "B1", "W2")):
                place, ends = (0.76, low + 0.13 - 0.065 * i, 0.145, 0.05), (name, -14, 14)
                steps, move = np.linspace(-12, 12, 49), partial(self.move, i, k)
                self.sliders[i, k] = self.add(slider, place, move, *ends, valstep=steps)

    def move(self, i, k, value):
        self.parameters[i].flat[k] = value
        self.change()

    def change(self, _=None):
        """Set the bias B2 so that the errors have a mean of 0, and begin without speed."""
        super().change()
        slope = -15 if self.choice.value_selected == NAME else 15
        x, y = polynomial((1, 0, slope, 0), -5, 5, 50)
        self.x, self.y = x / 5, y / y.std()
        self.parameters[3] -= (cubic.predict(self.x, self.parameters) - self.y).mean()
        self.speed = {"velocity": [np.zeros_like(p) for p in self.parameters]}

    choose = change

    def update(self, y_hat, loss):
        W1, _, W2, _ = self.parameters
        _, _, a1, _ = cubic.forward(self.x, self.parameters)
        draw.curves(self.sum_axes, self.x, self.y, y_hat)
        rms = style.number(100 * np.sqrt(loss), 3)
        self.sum_axes.title.set_text(f"iteration {len(self.losses)}, rms error {rms} %")
        for axes, rise, step in zip(self.plots[1:], W1[:, 0] * W2[0], W2.T * a1):
            axes.plot(self.x, step - step.mean(), **style.weight_line(rise, 40))
        for (i, k), control in self.sliders.items():
            weight = self.parameters[i].flat[k]
            control.eventson = False  # it only follows
            control.set_val(np.clip(weight, -12.5, 12.5))
            control.valtext.set_text(style.number(weight))
            control.eventson = True


def film(window):
    """Return a film of what a window does once it is started."""
    play = window()
    play.run(True)
    return play.figure, lambda _: play.tick(), range(40)


WINDOWS = {"xor": Xor, "cubic": Cubic}
PICTURES = {f"playground_{name}.gif": partial(film, w) for name, w in WINDOWS.items()}


def main(argv=None):
    parser = argparse.ArgumentParser(description="Play with a network while it learns.")
    parser.add_argument("window", nargs="?", choices=WINDOWS, default="xor")
    parser.add_argument("--save", metavar="FILE", type=Path, help="png or gif; no window")
    args = parser.parse_args(argv)
    window = WINDOWS[args.window]
    if args.save:
        kind = args.save.suffix.lower()
        place = args.save if args.save.exists() else f"{args.save.parent}/"
        if kind not in (".png", ".gif") or args.save.is_dir() or not os.access(place, os.W_OK):
            parser.error("expected --save FILE.png or .gif, in a folder to write to")
        plt.switch_backend("agg")
        style.write(film(window) if kind == ".gif" else window().figure, args.save)
    elif window().canvas.required_interactive_framework is None:
        print("No window (no display, or no tkinter or Qt): --save FILE keeps a picture.")
    else:
        plt.rcParams["text.hinting"] = "none"  # texts are drawn sooner
        plt.show()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # tkinter would only print it
    main()
