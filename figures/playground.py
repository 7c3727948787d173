"""Two windows to play in: the functions of xor.py and cubic.py behind buttons and sliders.

What it teaches: what you find out. Turn an output over while the network learns, make it fail,
or fit a curve by hand and then see how gradient descent goes on from there.

    python -m figures.playground xor
    python -m figures.playground cubic --seed 1
    python -m figures.playground xor --save FILE.gif      a film of a fixed run, no window
"""

import argparse
import os
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

UPPER, LOWER = 0.115, 0.02  # the two rows of controls at the bottom
CURVES = {NAME: -15, NAME.replace("\N{MINUS SIGN}", "+"): 15}


class Playground:
    """A window in which a network learns: what both have in common.

    A full drawing takes too long for a film. So only what is live, above the controls, is drawn
    again for every picture, on a background that is kept.
    """

    @style.sheet
    def __init__(self, seed=0):
        plt.rcParams.update({"figure.dpi": 190, "font.size": 9, "toolbar": "None"})
        self.figure = plt.figure(figsize=(style.WIDTH, 3.6), layout="none")
        canvas = self.figure.canvas
        self.timer = canvas.new_timer(interval=15)  # a rest in which the window answers
        self.timer.add_callback(self.tick)
        self.seed, self.running, self.background, self.controls = seed, False, None, []
        self.message = self.figure.text(0.5, 0.96, "", ha="center", va="center", weight="bold")
        self.message.set_animated(True)  # not part of a full drawing: see keep
        self.live = [self.message]
        self.start = self.button((0.75, UPPER, 0.11, 0.08), self.START, self.toggle)
        self.button((0.87, UPPER, 0.11, 0.08), "One step", self.step)
        self.button((0.75, LOWER, 0.23, 0.08), self.AGAIN, self.again)
        for i, name in enumerate(self.CHOICES):
            place = 0.02 + 0.1 * (i % 3), (UPPER, LOWER)[i // 3], 0.09, 0.08
            self.button(place, name.upper(), partial(self.choose, name))
        place = 0.48, UPPER, 0.17, 0.08
        self.rates = self.slider(place, "learning rate", self.set_rate, -2, 3, np.log10(self.rate))
        self.build()
        self.restart()
        canvas.mpl_disconnect(canvas.manager.key_press_handler_id)  # keys would change scales
        canvas.mpl_connect("draw_event", self.keep)
        canvas.mpl_connect("close_event", lambda _: self.toggle(False))

    def axes(self, *place, **options):
        self.live.append(self.figure.add_axes(place, animated=True, **options))
        return self.live[-1]

    def button(self, place, label, action):
        button = Button(self.figure.add_axes(place), label, useblit=False)
        button.on_clicked(lambda _: (action(), self.refresh()))
        self.controls.append(button)  # nobody else remembers it
        return button

    def slider(self, place, label, action, low, high, value, step=None):
        axes = self.figure.add_axes(place)
        slider = Slider(axes, label, low, high, valinit=value, valstep=step, initcolor="none")
        slider.label.set_x(-0.06)
        slider.valtext.set_x(1.06)
        slider.on_changed(lambda value: (action(value), self.refresh()))
        self.controls.append(slider)
        return slider

    def set_rate(self, exponent):
        self.rate = float(f"{10**exponent:.0e}")  # of one digit, so that 100 can be met
        self.change()

    def change(self):
        """Begin a part of the training: what the reader has changed shows in slow motion."""
        self.changed, self.kept = self.done, [p.copy() for p in self.parameters]
        self.message.set_text("")

    def again(self):
        self.seed += self.NEXT
        self.restart()

    def toggle(self, running=None):
        self.running = not self.running if running is None else running
        (self.timer.start if self.running else self.timer.stop)()
        self.start.label.set_text("Pause" if self.running else self.START)
        self.figure.canvas.draw_idle()

    def step(self):
        self.toggle(False)
        self.train(1)

    def tick(self):
        if self.running:  # first one iteration for each picture, then more and more
            self.train(min(1 + (self.done - self.changed) // 25, 300))
            self.refresh()

    def keep(self, event):
        """After a full drawing, keep it for the next pictures, and draw what is live on it."""
        self.background = self.figure.canvas.copy_from_bbox(self.figure.bbox)
        for artist in self.live:
            artist.draw(event.renderer)

    def refresh(self):
        """Draw what is live once more."""
        self.update()
        self.rates.valtext.set_text(f"{self.rate:g}")
        if self.background:
            self.figure.canvas.restore_region(self.background)
            for artist in self.live:
                self.figure.draw_artist(artist)
            self.figure.canvas.blit(self.figure.bbox)


class Xor(Playground):
    """xor.py: the square of its inputs, the network, the loss."""

    START, AGAIN, NEXT, CHOICES = "Start", "Another seed", 1, GATES
    rate, hidden = 8.0, 4

    def build(self):
        self.square = self.axes(0.06, 0.345, 0.29, 0.515)
        self.network = self.axes(0.37, 0.25, 0.36, 0.62)
        self.loss = self.axes(0.82, 0.345, 0.16, 0.515, yscale="log", xlabel="iteration")
        (self.line,) = self.loss.plot([], [], linewidth=2, **style.LOSS)
        self.loss.set(ylim=(1e-4, 1), yticks=(1e-4, 1e-3, 1e-2, 0.1, 1))
        self.loss.yaxis.set(major_formatter="{x:g}", minor_locator=plt.NullLocator())
        place = 0.48, LOWER, 0.17, 0.08
        self.slider(place, "hidden nodes", self.set_hidden, 1, 8, self.hidden, 1)
        self.X, self.Y = truth_table("xor")
        self.figure.canvas.mpl_connect("button_press_event", self.click)

    def choose(self, gate):
        self.X, self.Y = truth_table(gate)
        self.restart()

    def set_hidden(self, hidden):
        self.hidden = int(hidden)
        self.restart()

    @style.sheet
    def restart(self):
        rng = np.random.default_rng(self.seed)
        self.parameters = W1, _, W2, _ = xor.initialize(2, self.hidden, 1, rng)
        self.done, self.history = 0, []
        self.change()
        self.network.clear()
        layers = [np.zeros((nodes, 41, 41)) for nodes in (2, self.hidden, 1)]
        gap = max(2, self.hidden / 2)
        inputs, *_ = draw_network(self.network, [W1, W2], layers, draw_picture, False, gap=gap)
        for name, (x, y) in zip("ab", inputs):
            self.network.text(x, y + 0.4, name, ha="center", va="bottom")
        self.network.set(xlim=(-0.4, 2 * gap + 0.4), ylim=np.array([-0.5, 0.5]) * max(self.hidden, 3))
        self.update()

    def click(self, event):
        """Turn over the point that was clicked on; the training goes on from where it is."""
        if event.inaxes is self.square:
            distances = np.hypot(*(self.X - [event.xdata, event.ydata]).T)
            if distances.min() < 0.15:
                self.Y[distances.argmin()] = 1 - self.Y[distances.argmin()]
                self.change()
                self.refresh()

    def train(self, iterations):
        losses = xor.train(self.X, self.Y, self.parameters, iterations, self.rate)
        self.history.append((self.done, losses[0]))
        self.done += iterations
        if len(self.history) > 2000:
            del self.history[::2]

    def verdict(self, loss):
        """Return what can be said of the training, in the words of xor.py."""
        middle = (self.changed + self.done) / 2
        before = next((loss for n, loss in self.history if n >= middle), np.inf)
        if not self.done:
            return "Start it, or click on a point to turn its desired output over"
        if np.all(np.abs(xor.predict(self.X, self.parameters) - self.Y) < 0.1):
            return "Learned: every output is within 0.1 of the desired one"
        if (self.done - self.changed) * self.rate < 8000 or loss < 0.9 * before:
            return ""  # it may still get there
        if self.rate > 12:
            return "Try a smaller learning rate, near 8."
        return "It is stuck: try more hidden nodes or another seed."

    @style.sheet
    def update(self):
        square, (W1, _, W2, _) = self.square, self.parameters
        for artist in (*square.images, *square.lines, *square.collections, *square.texts):
            artist.remove()
        draw_square(square, self.X, self.Y, self.parameters)
        for (a, b), y_hat in zip(self.X, xor.predict(self.X, self.parameters)[:, 0]):
            y = b + (0.18 if b else -0.18)
            square.text(a, y, f"{y_hat:.2f}", ha="center", va="center")
        square.set_title(f"learns {gate_of(self.Y[:, 0])}", fontsize=10)

        _, _, a1, _, a2 = xor.forward(PLANE, self.parameters)
        for image, output in zip(self.network.images, (*PLANE.T, *a1, *a2)):
            image.set_data(output.reshape(41, 41))
        weights = np.concatenate([W1.ravel(), W2.ravel()])
        for line, weight in zip(self.network.lines, weights):
            line.set(**style.weight_line(weight, np.abs(weights).max()))
        self.network.set_title(f"seed {self.seed}, {self.done} iterations", fontsize=10)

        loss, _ = xor.back_propagate(self.X, self.Y, self.parameters)
        self.line.set_data(*np.transpose([*self.history, (self.done, loss)]))
        self.loss.set(xlim=(0, max(100, self.done)))
        self.loss.set_title(f"loss {style.number(loss, 2)}", fontsize=10)
        self.message.set_text(self.verdict(loss))


class Cubic(Playground):
    """cubic.py with three steps, each beside its sliders, and their sum."""

    START, AGAIN, NEXT, CHOICES = "Descend", "Reset", 0, CURVES
    rate, momentum, name = 0.3, 0.95, NAME

    def build(self):
        self.curve = self.axes(0.085, 0.345, 0.40, 0.515)
        self.parameters = W1, B1, W2, _ = cubic.initialize(3, np.random.default_rng(0))
        self.lines, self.sliders = [], []
        for k, low in enumerate((0.70, 0.475, 0.25)):
            axes = self.axes(0.53, low, 0.13, 0.18, xticks=(), yticks=(), xlim=(-5.5, 5.5))
            axes.set_ylabel(f"step {k + 1}")
            self.lines += axes.plot([], [], linewidth=2.5)
            for row, (name, weight) in enumerate(zip(("W2", "B1", "W1"), (W2[:, k], B1[k], W1[k]))):
                place = 0.73, low + 0.065 * row, 0.17, 0.05
                slider = self.slider(place, name, partial(self.move, weight), -10, 10, weight[0])
                slider.ax.set_animated(True)
                self.live.append(slider.ax)
                self.sliders.append((slider, weight))  # a view of the parameters
        place = 0.48, LOWER, 0.17, 0.08
        self.slider(place, "momentum", self.set_momentum, 0, 0.99, self.momentum)

    def move(self, weight, value):
        weight[:] = value
        self.by_hand()

    def set_momentum(self, momentum):
        self.momentum = momentum
        self.change()

    def choose(self, name):
        self.name = name
        self.by_hand()

    def by_hand(self):
        """Set the bias B2 so that the errors have a mean of 0, and begin without speed."""
        self.X, self.Y = polynomial((1, 0, CURVES[self.name], 0), -5, 5, 50)
        self.x, self.y = self.X / 5, (self.Y - self.Y.mean()) / self.Y.std()  # as cubic.fit does
        self.parameters[3] -= (cubic.predict(self.x, self.parameters) - self.y).mean()
        self.velocity = [np.zeros_like(p) for p in self.parameters]
        self.change()

    def restart(self):
        self.toggle(False)
        rng = np.random.default_rng(self.seed)
        for p, first in zip(self.parameters, cubic.initialize(3, rng)):
            p[:] = first  # in place, as the sliders have views
        self.done = 0
        self.by_hand()
        self.message.set_text("Fit the curve with the sliders, then let it descend")
        self.update()

    def train(self, iterations):
        with np.errstate(all="ignore"):  # numbers that grow too large are met below
            losses = cubic.train(self.x, self.y, self.parameters, iterations, self.rate,
                                 self.momentum, self.velocity)  # fmt: skip
        self.done += iterations
        if not losses[-1] < 1e6:
            for p, kept in zip(self.parameters, self.kept):
                p[:] = kept
            self.toggle(False)
            self.by_hand()
            self.message.set_text("The training diverged: try a smaller learning rate, near 0.3.")

    @style.sheet
    def update(self):
        W1, _, W2, _ = self.parameters
        _, _, a1, z2 = cubic.forward(self.x, self.parameters)
        for line in (*self.curve.lines,):
            line.remove()
        high = 1.3 * self.Y.max()
        draw_curves(self.curve, self.X, self.Y, self.Y.mean() + self.Y.std() * z2.T)
        self.curve.set(xlabel="x", xticks=(-5, 0, 5), ylim=(-high, high))
        rms = style.number(100 * np.sqrt(np.mean((z2.T - self.y) ** 2)), 3)
        self.curve.set_title(f"{self.name}, rms error {rms} % of its spread", fontsize=10)
        for line, rise, part in zip(self.lines, W1[:, 0] * W2[0], self.Y.std() * W2.T * a1):
            line.set_data(self.X, part - part.mean())
            line.set(**(style.POSITIVE if rise > 0 else style.NEGATIVE))
            line.axes.set(ylim=(-high, high))
        for slider, weight in self.sliders:
            slider.eventson = slider.drawon = False  # it only follows
            slider.set_val(weight[0])
            slider.valtext.set_text(style.number(weight[0]))
            slider.eventson = slider.drawon = True


def film(play, actions):
    """Return a film for style.write: every picture is taken after one of the actions."""
    coming = list(actions)

    def update(i):
        while len(actions) - len(coming) <= i:
            coming.pop(0)()
        play.update()

    return play.figure, update, range(len(actions))


def film_xor():
    play = Xor()
    x, y = play.square.transData.transform((1, 1))
    turn = lambda: play.figure.canvas.callbacks.process("button_press_event", None)
    return film(play, [play.toggle] + 30 * [play.tick])


def film_cubic():
    play = Cubic()
    return film(play, [play.toggle] + 30 * [play.tick])


WINDOWS = {"xor": (Xor, film_xor), "cubic": (Cubic, film_cubic)}
PICTURES = {"playground_xor.gif": film_xor, "playground_cubic.gif": film_cubic}


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
    window, draw_film = WINDOWS[args.window]
    if args.save and args.save.suffix.lower() == ".gif":
        style.write(draw_film(), args.save)
        return
    play = window(args.seed)
    if args.save:
        style.write(play.figure, args.save)
    elif play.figure.canvas.required_interactive_framework is None:
        print("No window (no display, or no tkinter or Qt): --save FILE keeps a picture.")
    else:
        plt.show()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
