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
    """What both windows share: the controls, and a timer that trains and draws in turn.

    Drawing everything takes too long for a film. So axes and controls are kept as a background,
    and only what moves in the axes of self.live is drawn on it for each picture.
    """

    @style.sheet
    def __init__(self, seed=0):
        plt.rcParams.update({"figure.dpi": 190, "font.size": 9, "toolbar": "None"})
        self.figure = plt.figure(figsize=(style.WIDTH, 3.6), layout="none")
        self.figure.canvas.manager.set_window_title(f"{type(self).__name__.lower()}.py")
        self.seed, self.running, self.background = seed, False, None
        self.controls, self.live, self.canvas = [], [], self.figure.canvas
        self.canvas.mpl_connect("button_press_event", self.release)  # before any control
        self.timer = self.canvas.new_timer(interval=5)  # a rest, in which the window answers
        self.timer.add_callback(self.tick)
        line = self.axes(0, 0.92, 1, 0.01, frame_on=False, xticks=(), yticks=())
        self.message = line.set_title("", weight="bold", fontsize=9)
        for i, name in enumerate(self.CHOICES):
            place = 0.02 + 0.105 * (i % 3), 0.115 - 0.095 * (i // 3), 0.1, 0.08
            self.button(place, name, partial(self.choose, name))
        place = 0.49, 0.115, 0.16, 0.08
        log_rate = np.log10(self.RATE)
        self.rate_slider = self.slider(place, "learning rate", -2, 3, log_rate, self.change)
        self.start = self.button((0.75, 0.115, 0.11, 0.08), self.START, self.toggle)
        self.button((0.87, 0.115, 0.11, 0.08), "One step", self.step)
        self.button((0.75, 0.02, 0.23, 0.08), self.AGAIN, self.again)
        self.build((0.49, 0.02, 0.16, 0.08))
        self.restart()
        self.renew()
        # matplotlib's own keys would change scales
        self.canvas.mpl_disconnect(self.canvas.manager.key_press_handler_id)
        self.canvas.mpl_connect("draw_event", self.keep)
        self.canvas.mpl_connect("close_event", lambda _: self.toggle(False))

    def release(self, event):
        """Let a control go that still holds the mouse: two at once are an error."""
        self.canvas.release_mouse(self.canvas.mouse_grabber)

    def axes(self, *place, **options):
        self.live.append(self.figure.add_axes(place, **options))
        return self.live[-1]

    def button(self, place, label, action):
        button = Button(self.figure.add_axes(place), label, hovercolor="0.85", useblit=False)
        button.ax.spines[:].set_visible(False)
        button.on_clicked(lambda _: (action(), self.show()))
        self.controls.append(button)  # nobody else remembers it
        return button

    def slider(self, place, label, low, high, value, action, step=None):
        axes = self.figure.add_axes(place)
        slider = Slider(axes, label, low, high, valinit=value, valstep=step, initcolor="none")
        slider.drawon = False  # show does it
        slider.label.set_x(-0.1)
        slider.valtext.set_x(1.1)
        slider.on_changed(lambda _: (action(), self.show()))
        self.controls.append(slider)
        return slider

    @property
    def rate(self):
        """The learning rate, rounded to one digit, so that 100 can be met."""
        return float(f"{10**self.rate_slider.val:.0e}")

    def change(self):
        """Begin a part of the training; what it makes of a change is shown in slow motion."""
        self.changed, self.kept = self.done, [p.copy() for p in self.parameters]
        self.message.set_text("")

    def toggle(self, running=None):
        self.running = not self.running if running is None else running
        (self.timer.start if self.running else self.timer.stop)()
        self.message.set_text("")
        self.start.label.set_text("Pause" if self.running else self.START)

    def step(self):
        self.toggle(False)
        self.train(1)

    def tick(self):
        """Train, first one iteration for each picture, then more and more; draw what moves."""
        if self.running:
            self.train(min(1 + (self.done - self.changed) // 25, 300))
            self.renew()
            if self.background:
                self.canvas.restore_region(self.background)
                self.draw()
                self.canvas.blit(self.figure.bbox)

    def show(self):
        """Draw everything, as soon as there is time."""
        self.renew()
        self.canvas.draw_idle()

    def renew(self):
        """Bring all that moves up to date."""
        self.update()
        self.rate_slider.valtext.set_text(f"{self.rate:g}")
        for part in self.moving():
            part.set_animated(True)

    def moving(self):
        """Return what a picture has besides the background, those in front last."""
        for a in self.live:
            parts = *a.images, *a.patches, *a.lines, *a.collections, *a.texts, a.title
            yield from sorted(parts, key=lambda part: part.zorder)

    def keep(self, event):
        """When everything else has been drawn, keep it, and draw what moves."""
        if not self.canvas.is_saving():
            self.background = self.canvas.copy_from_bbox(self.figure.bbox)
            self.draw()

    def draw(self):
        for part in self.moving():
            part.draw(self.canvas.get_renderer())


class Xor(Playground):
    """xor.py: the square of its inputs, the network, the loss."""

    START, AGAIN, RATE = "Start", "Another seed", 8
    CHOICES = [gate.upper() for gate in GATES]

    def build(self, place):
        self.hidden_slider = self.slider(place, "hidden nodes", 1, 8, 4, self.restart, step=1)
        self.square = self.axes(0.06, 0.345, 0.29, 0.515)
        self.network = self.axes(0.375, 0.235, 0.355, 0.631)
        self.loss = self.axes(0.82, 0.345, 0.15, 0.515, yscale="log", xlabel="iteration")
        (self.line,) = self.loss.plot([], [], linewidth=2, **style.LOSS)
        self.loss.set(ylim=(1e-4, 1), yticks=(1e-4, 1e-3, 1e-2, 0.1, 1))
        self.loss.yaxis.set(major_formatter="{x:g}", minor_locator=plt.NullLocator())
        self.X, self.Y = truth_table("xor")
        self.canvas.mpl_connect("button_press_event", self.click)

    def choose(self, gate):
        self.X, self.Y = truth_table(gate.lower())
        self.restart()

    def again(self):
        self.seed += 1
        self.restart()

    @style.sheet
    def restart(self):
        n, rng = int(self.hidden_slider.val), np.random.default_rng(self.seed)
        self.parameters = W1, _, W2, _ = xor.initialize(2, n, 1, rng)
        self.done, self.history = 0, []
        self.change()
        gap = max(2, n / 2)
        layers = [np.zeros((nodes, 41, 41)) for nodes in (2, n, 1)]
        self.network.clear()
        inputs, *_ = draw_network(self.network, [W1, W2], layers, draw_picture, False, gap=gap)
        for name, (x, y) in zip("ab", inputs):
            self.network.text(x - 0.45, y, name, ha="right", va="center")
        self.network.set(xlim=(-0.6, 2 * gap + 0.4), ylim=(-gap - 0.4, gap + 0.4))

    def click(self, event):
        if event.inaxes is self.square:
            distances = np.hypot(*(self.X - [event.xdata, event.ydata]).T)
            if distances.min() < 0.15:
                self.turn(distances.argmin())

    def turn(self, i):
        """Turn the desired output of a point over; training goes on from where it is."""
        self.Y[i] = 1 - self.Y[i]
        self.change()
        self.show()

    def train(self, iterations):
        losses = xor.train(self.X, self.Y, self.parameters, iterations, self.rate)
        self.history.append((self.done, losses[0]))
        self.done += iterations
        if len(self.history) > 2000:
            del self.history[::2]

    def verdict(self, y_hat, loss):
        """Return what can be said of the training, in the words of xor.py."""
        middle = (self.changed + self.done) / 2
        before = next((loss for n, loss in self.history if n >= middle), np.inf)
        if not self.done:
            return "Start it, or click on a point to turn its desired output over"
        if np.all(np.abs(y_hat - self.Y) < 0.1):
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
        square.set_title(f"learns {gate_of(self.Y[:, 0])}", fontsize=10)
        y_hat = xor.predict(self.X, self.parameters)
        for (a, b), y in zip(self.X, y_hat[:, 0]):
            square.text(a, 1.36 * b - 0.18, f"{y:.2f}", ha="center", va="center")

        _, _, a1, _, a2 = xor.forward(PLANE, self.parameters)
        for image, output in zip(self.network.images, (*PLANE.T, *a1, *a2)):
            image.set_data(output.reshape(41, 41))
        weights = np.concatenate([W1.ravel(), W2.ravel()])
        for line, weight in zip(self.network.lines, weights):
            line.set(**style.weight_line(weight, np.abs(weights).max()))
        self.network.set_title(f"seed {self.seed}, {self.done} iterations", fontsize=10)

        loss, _ = xor.back_propagate(self.X, self.Y, self.parameters)
        self.line.set_data(*np.transpose([*self.history, (self.done, loss)]))
        self.loss.set_title(f"loss {style.number(loss, 2)}", fontsize=10)
        end = 100 * 2 ** np.ceil(np.log2(max(self.done, 100) / 100))
        if end != self.loss.get_xlim()[1]:
            self.loss.set(xlim=(0, end), xticks=(0, end // 2))
            self.canvas.draw_idle()
        self.message.set_text(self.verdict(y_hat, loss))

    def film(self):
        """XOR is learned; then the point 11 is turned over, which makes it OR."""
        learn = partial(self.train, 4), partial(self.train, 2)
        return self.toggle, *30 * learn[:1], partial(self.turn, 3), *16 * learn[1:]


class Cubic(Playground):
    """cubic.py: three steps, each beside its sliders, and their sum."""

    START, AGAIN, RATE = "Descend", "Reset", 0.3
    CHOICES = {NAME: -15, NAME.replace("\N{MINUS SIGN}", "+"): 15}

    def build(self, place):
        self.momentum_slider = self.slider(place, "momentum", 0, 0.99, 0.95, self.change)
        self.sum = self.axes(0.085, 0.345, 0.39, 0.515, xlabel="x", xticks=(-5, 0, 5))
        self.parameters = W1, B1, W2, _ = cubic.initialize(3, np.random.default_rng(0))
        self.name, self.steps, self.weights = NAME, [], []
        for k, low in enumerate((0.70, 0.475, 0.25)):
            axes = self.axes(0.53, low, 0.13, 0.18, xticks=(), yticks=(), xlim=(-5.5, 5.5))
            axes.set_ylabel(f"step {k + 1}")
            self.steps += axes.plot([], [], linewidth=2.5)
            for row, name, weight in (2, "W1", W1[k]), (1, "B1", B1[k]), (0, "W2", W2[:, k]):
                place = 0.73, low + 0.065 * row, 0.17, 0.05
                action = partial(self.move, len(self.weights))
                slider = self.slider(place, name, -12, 12, 0, action)
                self.live.append(slider.ax)
                self.weights.append((slider, weight))  # a view of the parameters

    def move(self, i):
        slider, weight = self.weights[i]
        weight[:] = slider.val
        self.by_hand()

    def choose(self, name):
        self.name = name
        self.by_hand()

    def by_hand(self):
        """Set the bias B2 so that the errors have a mean of 0, and begin without speed."""
        self.X, self.Y = polynomial((1, 0, self.CHOICES[self.name], 0), -5, 5, 50)
        self.x = self.X / 5  # as cubic.fit does
        self.y = (self.Y - self.Y.mean()) / self.Y.std()
        self.parameters[3] -= (cubic.predict(self.x, self.parameters) - self.y).mean()
        self.velocity = [np.zeros_like(p) for p in self.parameters]
        self.change()

    def put(self, parameters, words):
        """Set all parameters, and wait for the reader."""
        for p, q in zip(self.parameters, parameters):
            p[:] = q
        self.toggle(False)
        self.by_hand()
        self.message.set_text(words)

    def restart(self):
        self.done = 0
        words = "Fit the curve with the sliders, then let it descend"
        self.put(cubic.initialize(3, np.random.default_rng(self.seed)), words)

    again = restart

    def train(self, iterations):
        with np.errstate(all="ignore"):  # numbers that grow too large are met below
            losses = cubic.train(self.x, self.y, self.parameters, iterations, self.rate,
                                 self.momentum_slider.val, self.velocity)  # fmt: skip
        self.done += iterations
        if not losses[-1] < 1e6:
            self.put(self.kept, "The training diverged: try a smaller learning rate, near 0.3.")
            self.canvas.draw_idle()
        elif max(losses) > max(1, 2 * cubic.back_propagate(self.x, self.y, self.kept)[0]):
            self.message.set_text("The loss has grown: try a smaller learning rate.")

    @style.sheet
    def update(self):
        W1, _, W2, _ = self.parameters
        _, _, a1, z2 = cubic.forward(self.x, self.parameters)
        high, spread = self.Y.max(), self.Y.std()
        for line in (*self.sum.lines,):
            line.remove()
        draw_curves(self.sum, self.X, self.Y, self.Y.mean() + spread * z2.T)
        self.sum.set_ylim(-1.3 * high, 1.3 * high)
        rms = style.number(100 * np.sqrt(np.mean((z2.T - self.y) ** 2)), 3)
        self.sum.set_title(f"{self.name}, rms error {rms} % of its spread", fontsize=10)
        for line, rise, part in zip(self.steps, W1[:, 0] * W2[0], spread * W2.T * a1):
            line.set_data(self.X, part - part.mean())
            line.set(**(style.POSITIVE if rise > 0 else style.NEGATIVE))
            line.axes.set_ylim(-2 * high, 2 * high)
        self.momentum_slider.valtext.set_text(style.number(self.momentum_slider.val))
        for slider, weight in self.weights:
            slider.eventson = False  # it only follows
            slider.set_val(weight[0])
            slider.eventson = True
            slider.valtext.set_text(style.number(weight[0]))

    def film(self):
        """Five sliders are moved by hand, one after the other; then it descends."""
        goals = {1: 4, 7: -4, 2: 10, 8: 10, 5: 6}
        moves = [
            partial(self.weights[i][0].set_val, value)
            for i, goal in goals.items()
            for value in np.linspace(self.weights[i][1].item(), goal, 5)
        ]
        return *moves, self.toggle, *20 * [partial(self.train, 10)]


def film(window):
    """Return a film of what a window does by itself, a picture after each action."""
    play = window()
    return play.figure, lambda action: (action(), play.renew()), play.film()


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
        return style.write(film(WINDOWS[args.window]), args.save)
    play = WINDOWS[args.window](args.seed)
    if args.save:
        style.write(play.figure, args.save)
    elif play.figure.canvas.required_interactive_framework is None:
        print("No window (no display, or no tkinter or Qt): --save FILE keeps a picture.")
    else:
        signal.signal(signal.SIGINT, lambda *_: os._exit(130))  # tkinter would only print it
        plt.show()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
