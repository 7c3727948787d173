"""Two windows to play in: the functions of xor.py and cubic.py behind buttons and sliders.

What it teaches: what you find out. Turn an output over while the network learns, make it fail,
or fit a curve by hand and see how gradient descent goes on from there.

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
from matplotlib.widgets import Button, Slider

import cubic
import xor
from dataset import GATES, polynomial, truth_table
from figures import style
from figures.cubic import NAME, draw_curves
from figures.network import draw_network, draw_picture
from figures.xor import PLANE, draw_square
from figures.xor_nodes import gate_of


class Playground:
    """What both windows share: controls, and a timer that trains and draws in turn.

    Drawing all of it takes too long for a film. So controls and empty axes are kept as a
    background, and every picture is drawn on it: what is "animated", as matplotlib calls it,
    and what update puts into the axes of self.plots, where it stays until it has been drawn.
    """

    @style.sheet
    def __init__(self, seed=0):
        plt.rcParams.update({"figure.dpi": 190, "font.size": 9, "toolbar": "None"})
        self.figure = plt.figure(figsize=(style.WIDTH, 3.6), layout="none")
        self.message = self.figure.text(0.5, 0.95, "", weight="bold", ha="center")
        self.message.set_animated(True)
        self.canvas, self.controls, self.background = self.figure.canvas, [], None
        self.running, self.seed, self.speed = False, seed, {}
        connect = self.canvas.mpl_connect
        self.canvas.mpl_disconnect(self.canvas.manager.key_press_handler_id)  # L changes scales
        # Two controls can't hold the mouse: let go what still does, before any is pressed.
        free = self.canvas.release_mouse
        connect("button_press_event", lambda _: free(self.canvas.mouse_grabber))
        self.start = self.button(0.75, 0.115, 0.11, self.START, self.run)
        self.button(0.87, 0.115, 0.11, "One step", lambda: (self.run(False), self.train(1)))
        self.button(0.75, 0.02, 0.08, "Reset", self.reset)
        for i, (name, choice) in enumerate(self.CHOICES.items()):
            left, low = 0.02 + 0.105 * (i % 3), 0.115 - 0.095 * (i // 3)
            self.button(left, low, 0.1, name, partial(self.choose, choice))
        place, powers = (0.49, 0.115, 0.16, 0.08), (-2, 3, np.log10(self.RATE))
        self.power = self.slider(place, "learning rate", *powers, self.change)
        self.build()
        self.restart()
        self.paint()  # sets up the axes
        connect("draw_event", self.paint)
        self.timer = self.canvas.new_timer(5, [(self.tick, (), {})])  # 5 ms for other events
        self.timer.start()
        connect("close_event", lambda _: self.timer.stop())

    def button(self, left, low, width, label, action):
        axes = self.figure.add_axes((left, low, width, 0.08))
        button = Button(axes, label, hovercolor="0.85")
        button.ax.spines[:].set_visible(False)
        button.on_clicked(lambda _: (action(), self.canvas.draw_idle()))
        self.controls.append(button)  # nobody else remembers it
        return button

    def slider(self, place, label, low, high, value, action, step=None):
        axes = self.figure.add_axes(place)
        slider = Slider(axes, label, low, high, valinit=value, valstep=step, initcolor="none")
        slider.label.set_x(-0.1)
        slider.valtext.set_x(1.1)
        slider.on_changed(lambda _: action())
        self.controls.append(slider)
        return slider

    def run(self, running=None):
        """Train or pause, or without an argument the other one than before."""
        self.running = not self.running if running is None else running
        self.start.label.set_text("Pause" if self.running else self.START)

    def reset(self):
        self.run(False)
        self.restart()

    def restart(self):
        self.parameters = self.initialize(np.random.default_rng(self.seed))
        self.done, self.history = 0, []
        self.change()

    def change(self):
        """Begin a part of the training. The rate has one digit, so that 100 can be met."""
        self.changed = self.done
        self.rate = float(f"{10**self.power.val:.0e}")
        self.power.valtext.set_text(f"{self.rate:g}")

    def train(self, iterations):
        data = self.x, self.y, self.parameters
        with np.errstate(all="ignore"):  # numbers that grow too large are met below
            losses = self.SCRIPT.train(*data, iterations, self.rate, **self.speed)
        self.history.append((self.done, losses[0]))
        self.done += iterations
        if not losses[-1] < 1e4:  # the cubic's can grow
            self.reset()
            words = "The training diverged: try a smaller learning rate, near 0.3."
            self.message.set_text(words)
            self.canvas.draw_idle()

    def tick(self):
        """Train, one iteration for the first picture, then more and more, and draw it."""
        if self.running and self.background:
            self.train(min(1 + (self.done - self.changed) // 25, 50))
            self.canvas.restore_region(self.background)
            self.paint()
            self.canvas.blit(self.figure.bbox)

    @style.sheet
    def paint(self, event=None):
        """Draw what moves; after a draw_event, all else has been drawn: keep it."""
        if event:
            self.background = self.canvas.copy_from_bbox(self.figure.bbox)
        self.update()
        for artist in self.figure.get_children():
            if artist.get_animated():
                artist.draw(self.canvas.get_renderer())
        for axes in self.plots:
            parts = *axes.images, *axes.lines, *axes.collections, *axes.texts
            for part in sorted(parts, key=lambda part: part.zorder):
                axes.draw_artist(part)
                part.remove()


def title(axes, text):
    """Write a title that moves: one of matplotlib's would belong to the background."""
    axes.text(0.5, 1.05, text, size=11, ha="center", transform=axes.transAxes)


class Xor(Playground):
    """xor.py: the square of its inputs, the network, the loss."""

    SCRIPT, START, RATE = xor, "Start", 8
    CHOICES = {gate.upper(): gate for gate in GATES}

    def build(self):
        place = 0.49, 0.02, 0.16, 0.08
        self.hidden = self.slider(place, "hidden nodes", 1, 8, 4, self.restart, step=1)
        self.button(0.84, 0.02, 0.14, "Another seed", self.another_seed)
        self.square = self.figure.add_axes((0.06, 0.345, 0.29, 0.515))
        self.network = self.figure.add_axes((0.375, 0.235, 0.355, 0.631), animated=True)
        self.loss = self.figure.add_axes((0.82, 0.345, 0.15, 0.515), yscale="log", xticks=())
        self.loss.set(xlabel="iterations", ylim=(1e-4, 1), yticks=(1e-4, 1e-3, 1e-2, 0.1, 1))
        self.loss.yaxis.set(major_formatter="{x:g}", minor_locator=plt.NullLocator())
        self.plots = self.square, self.loss
        self.x, self.y = truth_table("xor")
        self.canvas.mpl_connect("button_press_event", self.click)

    def choose(self, gate):
        self.x, self.y = truth_table(gate)
        self.restart()

    def another_seed(self):
        self.seed += 1
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
        if event.inaxes is self.square:
            self.turn(np.hypot(*(self.x - [event.xdata, event.ydata]).T) < 0.15)
            self.canvas.draw_idle()

    def turn(self, points):
        """Turn desired outputs over; training goes on from where it is."""
        self.y[points] = 1 - self.y[points]
        self.change()

    def verdict(self, y_hat, loss):
        """Return what can be said of the training, in the words of xor.py."""
        middle = (self.changed + self.done) / 2
        before = next((loss for n, loss in self.history if n >= middle), np.inf)
        if np.all(np.abs(y_hat - self.y) < 0.1):
            return "Learned: every output is within 0.1 of the desired one"
        if (self.done - self.changed) * self.rate < 8000 or loss < 0.9 * before:
            return ""  # it may still get there
        if self.rate > 12:
            return "It is stuck: slide the learning rate to about 8, and press Reset."
        seed = " or another seed" * (self.hidden.val > 1)
        return f"It is stuck: try more hidden nodes{seed}."

    def update(self):
        draw_square(self.square, self.x, self.y, self.parameters)
        title(self.square, f"learns {gate_of(self.y[:, 0])}")
        y_hat = xor.predict(self.x, self.parameters)
        for (a, b), y in zip(self.x, y_hat[:, 0]):
            self.square.text(a, 1.36 * b - 0.18, f"{y:.2f}", ha="center", va="center", size=9)

        W1, _, W2, _ = self.parameters
        _, _, a1, _, a2 = xor.forward(PLANE, self.parameters)
        for image, output in zip(self.network.images, (*PLANE.T, *a1, *a2)):
            image.set_data(output.reshape(41, 41))
        weights = np.append(W1, W2)
        for line, weight in zip(self.network.lines, weights):
            line.set(**style.weight_line(weight, np.abs(weights).max()))
        self.network.set_title(f"seed {self.seed}, {self.done} iterations", y=1)

        loss, _ = xor.back_propagate(self.x, self.y, self.parameters)
        points = np.transpose([*self.history, (self.done, loss)])
        self.loss.plot(*points, linewidth=2, **style.LOSS)
        self.loss.set_xlim(0, max(self.done, 1))
        title(self.loss, f"loss {style.number(loss, 2)}")
        self.message.set_text(self.verdict(y_hat, loss))

    def film(self):
        """XOR is learned; then the point 11 is turned over, which makes it OR."""
        learn = [lambda: self.train(4)]
        return [self.run, *30 * learn, lambda: self.turn(3), *10 * learn]


class Cubic(Playground):
    """cubic.py: three steps, each beside its sliders, and their sum."""

    SCRIPT, START, RATE = cubic, "Descend", 0.3
    CHOICES = {NAME: -15, "x³ + 15x": 15}

    def build(self):
        self.sum = self.figure.add_axes((0.085, 0.345, 0.39, 0.515), xlim=(-1.1, 1.1))
        self.sum.set(xlabel="x / 5", ylabel="y / spread", ylim=(-3, 3))
        self.plots, self.sliders, self.slope = [self.sum], {}, -15
        for k, low in enumerate((0.70, 0.475, 0.25)):
            axes = self.figure.add_axes((0.53, low, 0.13, 0.18), xlim=(-1.1, 1.1))
            axes.set(ylim=(-5, 5), xticks=(), yticks=(), ylabel=f"step {k + 1}")
            self.plots.append(axes)
            for i, name in enumerate(("W1", "B1", "W2")):
                place = 0.73, low + 0.13 - 0.065 * i, 0.17, 0.05
                slider = self.slider(place, name, -12, 12, 0, partial(self.move, i, k), 0.5)
                slider.ax.set_animated(True)
                self.sliders[i, k] = slider

    def initialize(self, rng):
        return cubic.initialize(3, rng)

    def choose(self, slope):
        self.slope = slope
        self.change()

    def move(self, i, k):
        self.parameters[i].flat[k] = self.sliders[i, k].val
        self.change()

    def change(self):
        """Set the bias B2 so that the errors have a mean of 0, and begin without speed."""
        super().change()
        x, y = polynomial((1, 0, self.slope, 0), -5, 5, 50)
        self.x, self.y = x / 5, y / y.std()  # as cubic.fit does
        self.parameters[3] -= (cubic.predict(self.x, self.parameters) - self.y).mean()
        self.speed = {"velocity": [np.zeros_like(p) for p in self.parameters]}
        self.message.set_text("")

    def update(self):
        W1, _, W2, _ = self.parameters
        _, _, a1, z2 = cubic.forward(self.x, self.parameters)
        draw_curves(self.sum, self.x, self.y, z2.T)
        rms = 100 * np.sqrt(np.mean((z2.T - self.y) ** 2))
        title(self.sum, f"{self.done} iterations, rms error {style.number(rms, 3)} %")
        if self.done - self.changed > 1000 and rms > 99:
            self.message.set_text("It is stuck: press Reset.")
        for axes, rise, step in zip(self.plots[1:], W1[:, 0] * W2[0], W2.T * a1):
            axes.plot(self.x, step - step.mean(), **style.weight_line(rise, 40))
        for (i, k), slider in self.sliders.items():
            weight = self.parameters[i].flat[k]
            slider.drawon = slider.eventson = False  # it only follows
            slider.set_val(np.clip(weight, -12, 12))
            slider.valtext.set_text(style.number(weight))
            slider.drawon = slider.eventson = True

    def film(self):
        """Five sliders are moved by hand, one after the other; then it descends."""
        goals = {(1, 0): 4, (1, 2): -4, (2, 0): 10, (2, 2): 10, (2, 1): 6}
        moves = [
            partial(self.sliders[node].set_val, value)
            for node, goal in goals.items()
            for value in np.linspace(self.sliders[node].val, goal, 5)
        ]
        return [*moves, self.run, *20 * [lambda: self.train(10)]]


def film(window, seed=0):
    """Return a film of what a window does by itself, a picture after each action."""
    play = window(seed)
    return play.figure, lambda action: action(), play.film()


WINDOWS = {"xor": Xor, "cubic": Cubic}
PICTURES = {f"playground_{name}.gif": partial(film, WINDOWS[name]) for name in WINDOWS}


def main(argv=None):
    parser = argparse.ArgumentParser(description="Play with a network while it learns.")
    parser.add_argument("window", choices=WINDOWS)
    parser.add_argument("--seed", type=int, default=0, help="of the first weights, default: 0")
    parser.add_argument("--save", metavar="FILE", type=Path, help="png or gif; no window")
    args = parser.parse_args(argv)
    if args.seed < 0:
        parser.error("expected --seed >= 0")
    if args.save:
        known = args.save.suffix.lower() in (".png", ".gif") and not args.save.is_dir()
        place = args.save if args.save.exists() else f"{args.save.parent}/"
        if not (known and os.access(place, os.W_OK)):
            parser.error("expected --save FILE.png or .gif, in a folder to write to")
    if args.save and args.save.suffix.lower() == ".gif":
        return style.write(film(WINDOWS[args.window], args.seed), args.save)
    play = WINDOWS[args.window](args.seed)
    if args.save:
        style.write(play.figure, args.save)
    elif play.figure.canvas.required_interactive_framework is None:
        print("No window (no display, or no tkinter or Qt): --save FILE keeps a picture.")
    else:
        plt.show()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))  # tkinter would only print it
    main()
