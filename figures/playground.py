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
from dataset import polynomial, truth_table
from figures import style
from figures.cubic import NAME, draw_curves
from figures.network import draw_network, draw_picture, renew
from figures.xor import PLANE, draw_square, write_outputs
from figures.xor_nodes import gate_of

RATES = [*np.outer(10.0 ** np.arange(-2, 3), range(1, 10)).flat, 1000]
LEARNED = "Learned: every output is within 0.1 of the desired one"
STUCK = "It is stuck: try another seed or more hidden nodes."
FAST = "It is stuck: slide the learning rate to about 8, and press Reset."
SLOWER = "It is stuck: try a learning rate near 0.3, and press Reset."
DIVERGED = "The training diverged: try a smaller learning rate, near 0.3. All is reset."
KNOB = {"valinit": 0, "valstep": 1, "valfmt": "%g", "initcolor": "none"}


class Playground:
    """What both windows share: controls, and a timer that trains and draws in turn.

    Drawing everything takes too long for a film. So for every picture only what build makes
    is drawn, on a background of all the rest.
    """

    @style.sheet
    def __init__(self):
        plt.rcParams.update({"font.size": 9, "axes.titlesize": 9, "toolbar": "None"})
        name = f"Playground: {self.SCRIPT.__name__}.py"
        self.figure = plt.figure(name, figsize=(style.WIDTH, 3.6), dpi=190, layout="none")
        self.message = self.figure.text(0.5, 0.95, "", weight="bold", ha="center")
        self.canvas, self.controls, self.background = self.figure.canvas, [], None
        self.canvas.mpl_disconnect(self.canvas.manager.key_press_handler_id)  # L changes scales
        # Two controls can't hold the mouse: let go what still does, before any is pressed.
        free = self.canvas.release_mouse
        self.canvas.mpl_connect("button_press_event", lambda e: free(e.canvas.mouse_grabber))

        self.build()
        self.moving = [self.message, *self.figure.axes]
        for artist in self.moving:
            artist.set_animated(True)
        add, size = self.add, (0.06, 0.125, 0.09)
        self.choice = add(RadioButtons, (0, 0.36, 0.13, 0.48), self.choose, self.CHOICES)
        self.start = add(Button, (0.02, *size), lambda _: self.run(not self.running), "")
        add(Button, (0.155, *size), lambda _: (self.run(False), self.train(1)), "One step")
        add(Button, (0.29, *size), lambda _: (self.run(False), self.restart()), "Reset")
        self.seed = add(Slider, (0.62, 0.085, 0.3, 0.05), self.restart, "seed", 0, 50)
        place, rate = (0.62, 0.15, 0.3, 0.05), ("learning rate", RATES[0], RATES[-1])
        self.rate = add(Slider, place, self.change, *rate, valinit=self.RATE, valstep=RATES)
        self.rate.ax.set(xscale="log", xlim=(0.007, 1500))
        self.run(False)
        self.restart()
        self.show()
        self.canvas.mpl_connect("draw_event", self.draw)
        self.timer = self.canvas.new_timer(1, [(self.tick, (), {})])
        self.timer.start()
        self.canvas.mpl_connect("close_event", lambda _: self.timer.stop())

    def add(self, kind, place, action, *args, **options):
        """Add a control. After its action all is drawn."""
        axes = self.figure.add_axes(place)
        axes.spines[:].set_visible(False)
        if kind is Slider:
            control = Slider(axes, *args, **KNOB | options)
            low, high = axes.get_xlim()  # a knob that leaves its axes can't be held
            axes.set_xlim(low - 0.03 * (high - low), high + 0.03 * (high - low))
            connect = control.on_changed
        else:
            control = kind(axes, *args)
            connect = control.on_clicked
        control.drawon = False
        connect(lambda value: (action(value), self.show(), self.canvas.draw_idle()))
        self.controls.append(control)  # nobody else remembers it
        return control

    def run(self, running):
        self.running = running
        self.start.label.set_text("Pause" if running else self.START)

    def restart(self, _=None):
        self.losses = []
        self.parameters = self.initialize(np.random.default_rng(int(self.seed.val)))
        self.change()

    def change(self, _=None):
        self.changed = len(self.losses)
        self.message.set_text("")

    def train(self, iterations):
        data = self.x, self.y, self.parameters
        with np.errstate(all="ignore"):  # numbers that grow too large are met below
            self.losses += self.SCRIPT.train(*data, iterations, self.rate.val, **self.speed)
        if not self.losses[-1] < 1e4:
            self.run(False)
            self.restart()
            self.message.set_text(DIVERGED)
            self.canvas.draw_idle()

    def tick(self):
        """Train, one iteration for the first picture, then more and more, and draw it."""
        if self.running and self.background:
            self.train(min(1 + (len(self.losses) - self.changed) // 25, 50))
            self.show()
            self.canvas.restore_region(self.background)
            self.draw()
            self.canvas.blit()

    def draw(self, event=None):
        """Draw what moves; after a draw_event all else has just been drawn: keep it."""
        if event:
            self.background = self.canvas.copy_from_bbox(self.figure.bbox)
        for artist in self.moving:
            artist.draw(self.canvas.get_renderer())  # figure.canvas changes when it is closed

    def show(self):
        for axes in self.plots:
            for part in (*axes.images, *axes.lines, *axes.collections, *axes.texts):
                part.remove()
        self.update()


class Xor(Playground):
    """xor.py: the square of its inputs, the network, the loss."""

    SCRIPT, START, RATE, speed = xor, "Start", 8, {}
    CHOICES = "XOR", "XNOR", "AND", "NAND", "OR", "NOR"

    def build(self):
        place = 0.62, 0.02, 0.3, 0.05
        self.hidden = self.add(Slider, place, self.restart, "hidden nodes", 1, 8, valinit=4)
        self.square = self.figure.add_axes((0.165, 0.36, 0.275, 0.489))
        self.network = self.figure.add_axes((0.45, 0.25, 0.325, 0.62))
        self.loss = self.figure.add_axes((0.85, 0.36, 0.12, 0.489), ylim=(-4, 0))
        # a logarithmic scale would take long to draw
        self.loss.set(xticks=(), yticks=(-4, -2, 0), yticklabels=("0.0001", "0.01", "1"))
        self.plots = self.square, self.loss
        self.x, self.y = truth_table("xor")
        self.canvas.mpl_connect("button_press_event", self.click)

    def choose(self, gate):
        self.x, self.y = truth_table(gate.lower())
        self.restart()

    def initialize(self, rng):
        n = int(self.hidden.val)
        parameters = W1, _, W2, _ = xor.initialize(2, n, 1, rng)
        layers, gap = [np.zeros((nodes, 41, 41)) for nodes in (2, n, 1)], max(2, n / 2)
        self.network.clear()
        draw_network(self.network, [W1, W2], layers, draw_picture, numbers=False, gap=gap)
        self.network.set(xlim=(-0.6, 2 * gap + 0.4), ylim=(-gap - 0.4, gap + 0.4))
        return parameters

    def click(self, event):
        """Turn the desired output of a point over; training goes on from where it is."""
        if event.inaxes is self.square:
            near = np.hypot(*(self.x - [event.xdata, event.ydata]).T) < 0.15
            self.y[near] = 1 - self.y[near]
            self.change()
            self.show()
            self.canvas.draw_idle()

    def update(self):
        W1, _, W2, _ = self.parameters
        y_hat, n = xor.predict(self.x, self.parameters), len(self.losses)
        draw_square(self.square, self.x, self.y, self.parameters)
        write_outputs(self.square, self.x, [f"{y:.2f}" for y in y_hat[:, 0]])
        gate = gate_of(self.y[:, 0])
        self.square.title.set_text(f"desired: {gate if gate.isalpha() else 'your own'}")
        _, _, a1, _, a2 = xor.forward(PLANE, self.parameters)
        renew(self.network, [W1, W2], np.reshape([*PLANE.T, *a1, *a2], (-1, 41, 41)))
        every = slice(None, None, 1 + n // 500)  # a line of a million points would take long
        powers = np.log10(np.maximum(self.losses[every], 1e-30))
        self.loss.plot(range(n)[every], powers, **style.LOSS)
        self.loss.set_xlim(0, max(n, 1))
        self.loss.title.set_text(f"{n} iterations")
        loss = style.minus(f"{np.mean((y_hat - self.y) ** 2):.2g}")
        self.loss.xaxis.label.set_text(f"loss {loss}")

        learned = np.all(np.abs(y_hat - self.y) < 0.1)
        enough = n - self.changed > max(1000, 8000 / self.rate.val)
        stuck = enough and self.losses[-1] > 0.9 * self.losses[(self.changed + n) // 2]
        advice = FAST if self.rate.val > 12 else STUCK
        self.message.set_text(LEARNED if learned else advice if stuck else "")

    def film(self):
        """XOR is learned; then the point 11 is turned over, which makes it OR."""
        learn = [lambda: self.train(4)]
        return [partial(self.run, True), *30 * learn, partial(self.y.put, 3, 1), *10 * learn]


class Cubic(Playground):
    """cubic.py: three steps, each beside its sliders, and their sum."""

    SCRIPT, START, RATE = cubic, "Descend", 0.3
    CHOICES = NAME, "x³ + 15x"
    initialize = staticmethod(partial(cubic.initialize, 3))

    def build(self):
        self.sum = self.figure.add_axes((0.21, 0.36, 0.29, 0.489), xlim=(-1.1, 1.1))
        self.sum.set(xlabel="x / 5", ylabel="y / spread", ylim=(-3, 3))
        self.plots, self.sliders = [self.sum], {}
        for k, low in enumerate((0.70, 0.475, 0.25)):
            axes = self.figure.add_axes((0.56, low, 0.12, 0.18), xlim=(-1.1, 1.1))
            axes.set(ylim=(-5, 5), xticks=(), yticks=(), ylabel=f"step {k + 1}")
            self.plots.append(axes)
            for i, name in enumerate(("W1", "B1", "W2")):
                place, ends = (0.76, low + 0.13 - 0.065 * i, 0.16, 0.05), (-12, 12)
                move = partial(self.move, i, k)
                self.sliders[i, k] = self.add(Slider, place, move, name, *ends, valstep=0.5)

    def move(self, i, k, value):
        self.parameters[i].flat[k] = value
        self.change()

    def change(self, _=None):
        """Set the bias B2 so that the errors have a mean of 0, and begin without speed."""
        super().change()
        slope = -15 if self.choice.value_selected == NAME else 15
        x, y = polynomial((1, 0, slope, 0), -5, 5, 50)
        self.x, self.y = x / 5, y / y.std()  # as cubic.fit does
        self.parameters[3] -= (cubic.predict(self.x, self.parameters) - self.y).mean()
        self.speed = {"velocity": [np.zeros_like(p) for p in self.parameters]}

    choose = change

    def update(self):
        W1, _, W2, _ = self.parameters
        _, _, a1, z2 = cubic.forward(self.x, self.parameters)
        draw_curves(self.sum, self.x, self.y, z2.T)
        rms = 100 * np.sqrt(np.mean((z2.T - self.y) ** 2))
        text = f"{len(self.losses)} iterations, rms error {style.number(rms, 3)} %"
        self.sum.title.set_text(text)
        if self.losses:  # else it may have diverged
            stuck = len(self.losses) - self.changed > 1000 and rms > 99
            self.message.set_text(SLOWER if stuck else "")
        for axes, rise, step in zip(self.plots[1:], W1[:, 0] * W2[0], W2.T * a1):
            axes.plot(self.x, step - step.mean(), **style.weight_line(rise, 40))
        for (i, k), slider in self.sliders.items():
            weight = self.parameters[i].flat[k]
            slider.eventson = False  # it only follows
            slider.set_val(np.clip(weight, -12, 12))
            slider.valtext.set_text(style.number(weight, 3))
            slider.eventson = True

    def film(self):
        """Five sliders are moved by hand, one after the other; then it descends."""
        goals = {(1, 0): 4, (1, 2): -4, (2, 0): 10, (2, 2): 10, (2, 1): 6}
        moves = [partial(self.sliders[node].set_val, value) for node, value in goals.items()]
        return [*np.repeat(moves, 4), partial(self.run, True), *20 * [lambda: self.train(10)]]


WINDOWS = {"xor": Xor, "cubic": Cubic}


def film(name):
    """Return a film of what a window does by itself, a picture after each action."""
    play = WINDOWS[name]()
    return play.figure, lambda action: (action(), play.show()), play.film()


PICTURES = {f"playground_{name}.gif": partial(film, name) for name in WINDOWS}


def main(argv=None):
    parser = argparse.ArgumentParser(description="Play with a network while it learns.")
    parser.add_argument("window", nargs="?", choices=WINDOWS, default="xor")
    parser.add_argument("--save", metavar="FILE", type=Path, help="png or gif; no window")
    args = parser.parse_args(argv)
    if args.save:
        kind = args.save.suffix.lower()
        place = args.save if args.save.exists() else f"{args.save.parent}/"
        if kind not in (".png", ".gif") or args.save.is_dir() or not os.access(place, os.W_OK):
            parser.error("expected --save FILE.png or .gif, in a folder to write to")
        plt.switch_backend("agg")
        make = film if kind == ".gif" else lambda name: WINDOWS[name]().figure
        return style.write(make(args.window), args.save)
    empty = plt.figure()  # some backends can't even begin to draw controls
    if empty.canvas.required_interactive_framework is None:
        print("No window (no display, or no tkinter or Qt): --save FILE keeps a picture.")
    else:
        plt.close(empty)
        WINDOWS[args.window]()
        plt.show()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))  # tkinter would only print it
    main()
