"""Two windows to play in: the functions of xor.py and cubic.py behind buttons and sliders.

What it teaches: what you find out.

    python -m figures.playground xor                    a window; needs tkinter or Qt
    python -m figures.playground xor --browser          a page; needs tornado
    python -m figures.playground cubic --save FILE.gif  a film of five seconds, or FILE.png

In both windows
    Start, Descend          train, until you press Pause; some four seconds are enough at first
    One iteration           one, and pause
    Reset weights           back to the first weights of this seed, and pause
    iterations per picture  how fast it trains: there are ten to twelve pictures a second
    learning rate           may be moved while it trains; sets the count of iterations to 0
    seed                    of the first weights; another one begins with new weights
  The line on top says when all is learned; when it is stuck, after 1,000 iterations or more;
  and what then helps. A page is at the address that is printed: open it. Ctrl-C ends it.

xor: the square on the left is all inputs x0 and x1, bluer where the output is nearer to 1. The
circles hold the desired outputs, the predicted ones stand above or below. Each line is a hidden
node, which is on where its arrow points; a solid one raises the output, a dashed one lowers it.
In the middle is the network, and in each node the same square with that node's output.
  Click into the square: the desired output of the nearest point is turned over, the weights
  stay. Another gate or number of hidden nodes begins with new weights.
  Try:
  - XOR, 2 hidden nodes, seed 27, 20 iterations per picture: it gets stuck, with two outputs at
    0.50. Seed 28 learns it.
  - 1 hidden node: AND is learned in less than 100 iterations, as one line is enough; XOR never.
  - Seed 0, 4 nodes, learning rate 100, One iteration: all outputs leap to 1.00. There the
    sigmoids are flat: Start at 50 iterations per picture, and it says that it is stuck. It
    comes loose after some 2,000 iterations, only to be stuck again with one output wrong.

cubic: three steps, each beside its sliders, add up to the curve on the left. W1 is how steep
a step is, B1 moves it, W2 is how high it is; the bias B2 sets itself. As in cubic.py, x is
divided by 5, and y by its standard deviation, which is 100 %. Another curve keeps the weights.
  Try:
  - x³ + 15x, Reset weights: make the error as small as you can, by hand. W2 at 3, 2, 3 leaves
    16 %. Descend goes on from your weights.
  - x³ - 15x, Reset weights, B1 at 4 in step 1 and at -4 in step 3, W2 at 10, 6, 10: 17 %.
  - Reset weights, learning rate 2, One iteration, until it diverges: it takes 7 to 9.
"""

import argparse
import signal
from functools import partial
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patheffects import withStroke
from matplotlib.widgets import Button, RadioButtons, Slider

import cubic
import xor
from dataset import polynomial, truth_table
from figures import draw, style

PLACES = {  # left, bottom, width and height, in parts of the window
    "6 choices": (0, 0.36, 0.13, 0.48),
    "2 choices": (0, 0.64, 0.13, 0.2),
    "Start": (0.01, 0.11, 0.105, 0.085),
    "One iteration": (0.122, 0.11, 0.165, 0.085),
    "Reset weights": (0.294, 0.11, 0.165, 0.085),
    "iterations per picture": (0.26, 0.03, 0.14, 0.05),
    "learning rate": (0.635, 0.15, 0.28, 0.05),
    "seed": (0.635, 0.085, 0.28, 0.05),
    "hidden nodes": (0.635, 0.02, 0.28, 0.05),
    "square": (0.165, 0.36, 0.27, 0.48),
    "network": (0.44, 0.25, 0.3, 0.62),
    "loss": (0.865, 0.36, 0.09, 0.48),
    "legend": (0, 0.4, 0.2, 0.2),
    "sum": (0.29, 0.36, 0.235, 0.489),
    "step": (0.59, 0.68, 0.1, 0.18),  # the first of three
    "W1": (0.745, 0.81, 0.14, 0.05),
    "B1": (0.745, 0.745, 0.14, 0.05),
    "W2": (0.745, 0.68, 0.14, 0.05),
}
BELOW = 0.225  # how far a step is below the one before

RATES = [k * 10.0**n for n in range(-2, 3) for k in range(1, 10)] + [1000]
PACES = 1, 2, 5, 10, 20, 50, 100
PAUSE = 50  # milliseconds after a picture, which takes about as long to be drawn

DIVERGED = "The training diverged, and was reset: try a smaller learning rate, near 0.3."
SLOWER = "It is stuck: try Reset weights with a learning rate near {}."
HALO = [withStroke(linewidth=4, foreground="white")]  # lines may cross the numbers
NO_WINDOW = "No window (no display, or no tkinter or Qt): --browser shows a page instead.\n"


class Playground:
    """What both windows share: the controls; training and drawing in turn; the line on top.

    A subclass says what is trained, and draws it. It defines

        SCRIPT          the script whose train and predict are used
        START           what is written on the button that starts training
        RATE, PACE      the learning rate and the iterations per picture at first
        LEARNED, STUCK  what is said when it is, STUCK only if the learning rate is good
        CHOICES         the names of what can be learned, at first the first one
        options         further arguments of train, a dict
        build()         make axes and further controls; set plots, a list of those axes that are
                        emptied before each update, and x and y, what is to be learned
        choose(name)    set x and y to one of the choices
        initialize(rng) return the first parameters
        update(y_hat, loss)  draw what was learned
    """

    @style.sheet
    def __init__(self, dpi=160):
        options = {"font.size": 9, "axes.titlesize": 9, "axes.titley": 1.02, "toolbar": "None"}
        plt.rcParams.update(options)
        self.figure = plt.figure("Playground", (style.WIDTH, 3.6), dpi=dpi, layout="none")
        self.canvas = self.figure.canvas
        self.canvas.mpl_disconnect(self.canvas.manager.key_press_handler_id)  # L changes scales
        self.message = self.figure.text(0.5, 0.95, "", weight="bold", ha="center")
        self.canvas.mpl_connect("button_press_event", self.let_go)
        self.canvas.mpl_connect("figure_leave_event", self.let_go)

        self.controls = []  # nobody else remembers them
        place = self.axes(f"{len(self.CHOICES)} choices")
        self.choice = self.add(RadioButtons(place, self.CHOICES, useblit=False), self.choose)
        self.choice.activecolor = style.PREDICTED["color"]
        self.start = self.add_button("Start", lambda _: self.run(not self.running))
        self.add_button("One iteration", self.one_iteration)
        self.add_button("Reset weights", self.reset)
        name = "iterations per picture"
        self.pace = self.add_slider(name, lambda _: None, PACES, self.PACE, "log")
        self.rate = self.add_slider("learning rate", self.change, RATES, self.RATE, "log")
        self.seed = self.add_slider("seed", self.restart, range(51), 0)
        self.build()
        self.run(False)
        self.restart()
        self.show()

        self.waiting = False
        self.timer = self.canvas.new_timer(PAUSE, [(self.tick, (), {})])
        self.timer.single_shot = True
        self.canvas.mpl_connect("draw_event", self.wait)
        self.canvas.mpl_connect("close_event", lambda _: self.timer.stop())

    def let_go(self, _):
        """Hold no control: two can't be held, and a page hears of no release outside."""
        self.canvas.release_mouse(self.canvas.mouse_grabber)
        for control in self.controls:
            control.drag_active = False

    def axes(self, name, down=0, **options):
        """Return axes at a place of the table, or so far below it."""
        left, bottom, width, height = PLACES[name]
        return self.figure.add_axes((left, bottom - down, width, height), **options)

    def add(self, control, action):
        """Let a control act, and draw all after that."""

        def act(value):
            action(value)
            self.show()

        connect = control.on_changed if isinstance(control, Slider) else control.on_clicked
        connect(act)
        control.drawon = False
        control.ax.spines[:].set_visible(False)
        self.controls.append(control)
        return control

    def add_button(self, name, action):
        return self.add(Button(self.axes(name), name), action)

    def add_slider(self, name, action, values, start, scale="linear", down=0):
        """Add a slider, longer than its values: a knob that leaves its axes can't be held."""
        low, high = values[0], values[-1]
        room = (high - low) / 12
        ends = (low / 1.5, high * 1.5) if scale == "log" else (low - room, high + room)
        control = Slider(self.axes(name, down), name, *ends, valinit=start, valstep=values,
                         valfmt="%g", initcolor="none")  # fmt: skip
        control.ax.set_xscale(scale)
        control.label.set_x(-0.01 / PLACES[name][2])
        control.valtext.set_x(1 + 0.01 / PLACES[name][2])
        return self.add(control, action)

    def one_iteration(self, _):
        self.run(False)
        self.train(1)

    def reset(self, _=None):
        self.run(False)
        self.restart()

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
            self.losses += self.SCRIPT.train(*data, iterations, self.rate.val, **self.options)
        if not self.losses[-1] < 1e4:
            self.reset()
            self.message.set_text(DIVERGED)

    def wait(self, _):
        """Train on a little after a picture was drawn. A page that is closed draws none."""
        if not self.waiting:
            self.waiting = True
            self.timer.start()

    def tick(self):
        self.waiting = False
        if self.running:
            self.train(self.pace.val)
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
            early, late = self.losses[: n // 2], self.losses[n // 2 :]
            stuck = n > 1000 * max(1, 1 / speed) and min(late) > 0.9 * min(early)
            hint = self.STUCK if speed < 1.5 else SLOWER.format(self.RATE)
            self.message.set_text(self.LEARNED if error.max() < 0.1 else hint if stuck else "")
        self.canvas.draw_idle()


class Xor(Playground):
    """xor.py: the square of its inputs, the network, the loss."""

    SCRIPT, START, RATE, PACE = xor, "Start", 8, 2
    LEARNED = "Learned: every output is within 0.1 of the desired one"
    STUCK = "It is stuck: try more hidden nodes."
    CHOICES = "XOR", "XNOR", "AND", "NAND", "OR", "NOR"
    options = {}

    def build(self):
        self.hidden = self.add_slider("hidden nodes", self.restart, range(1, 9), 4)
        self.square = self.axes("square")
        self.square.yaxis.labelpad = 0
        self.network = self.axes("network")
        self.loss_axes = self.axes("loss", yscale="log", xlabel="iteration")
        self.loss_axes.set_yticks((1e-4, 0.01, 1), ("0.0001", "0.01", "1"))
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
        places = draw.network(self.network, [W1, W2], layers, gap)
        for name, (x, y), side in zip(("x0", "x1"), places[0], (1, -1)):
            y += side * (draw.NODE + 0.25)
            self.network.text(x, y, name, ha="center", va="center")
        self.network.set_title("output of each node", fontsize=9)
        self.network.set(xlim=(-0.6, 2 * gap + 0.4), ylim=(-gap - 0.4, gap + 0.4))
        return [W1, B1, W2, B2]

    def click(self, event):
        """Turn the desired output of the nearest point over; training goes on from there."""
        if event.inaxes is self.square:
            nearest = np.hypot(*(self.x - [event.xdata, event.ydata]).T).argmin()
            self.y[nearest] = 1 - self.y[nearest]
            self.change()
            self.show()

    def mark(self):
        """Mark the gate that is desired; none if it is none of them."""
        gates = [g for g in self.CHOICES if np.array_equal(self.y, truth_table(g.lower())[1])]
        for gate in gates:
            self.choice.eventson = False  # it only follows
            self.choice.set_active(self.CHOICES.index(gate))
            self.choice.eventson = True
        self.choice.activecolor = style.PREDICTED["color"] if gates else "white"
        self.square.title.set_text(f"desired: {gates[0] if gates else 'your own'}")

    def update(self, y_hat, loss):
        W1, B1, W2, _ = self.parameters
        _, _, a1, _, a2 = xor.forward(draw.PLANE, self.parameters)
        draw.square(self.square, a2, W1, B1, W2)
        draw.desired_points(self.square, self.x, self.y)
        self.square.images[0].set_interpolation("nearest")  # bilinear takes long
        texts = [f"{y:.2f}" for y in y_hat[:, 0]]
        draw.beside_points(self.square, self.x, texts, 0.2, path_effects=HALO)
        self.mark()
        draw.renew(self.network, [W1, W2], draw.squares([*draw.PLANE.T, *a1, *a2]))
        n = len(self.losses)
        shown = range(0, n, 1 + n // 500)  # a million would take long
        losses = np.maximum([self.losses[i] for i in shown], 1e-30)
        self.loss_axes.plot(shown, losses, **style.LOSS)
        self.loss_axes.set(xlim=(0, max(n, 1)), ylim=(losses.min(initial=1e-4) / 2, 1))
        self.loss_axes.title.set_text(style.minus(f"loss {loss:.2g}"))
        self.loss_axes.set_xticks((0, n), (0, n))


class Cubic(Playground):
    """cubic.py: three steps, each beside its sliders, and their sum."""

    SCRIPT, START, RATE, PACE = cubic, "Descend", 0.3, 5
    LEARNED = "Learned: every output is within 0.1 standard deviations of the desired one"
    STUCK = "It is stuck: try Reset weights."
    SLOPES = {style.minus("x³ - 15x"): -15, "x³ + 15x": 15}
    CHOICES = tuple(SLOPES)
    initialize = staticmethod(partial(cubic.initialize, 3))  # a partial may become a method

    def build(self):
        sum_axes = self.axes("sum", xlim=(-1.1, 1.1), ylim=(-3, 3), yticks=(-2, 0, 2))
        sum_axes.set(xlabel="x / 5", ylabel="y / standard deviation")
        draw.curves(sum_axes, [], [], [])  # for the legend
        self.figure.legend(loc="center", bbox_to_anchor=PLACES["legend"], handlelength=2)
        self.sum_axes, self.plots, self.sliders = sum_axes, [sum_axes], {}
        values = np.linspace(-12, 12, 49)
        for k in range(3):
            down = k * BELOW
            axes = self.axes("step", down, xlim=(-1.1, 1.1), ylim=(-5, 5), xticks=(), yticks=())
            axes.set_ylabel(f"step {k + 1}")
            axes.spines.bottom.set(position="zero", color="0.7", zorder=1)
            self.plots.append(axes)
            for i, name in enumerate(("W1", "B1", "W2")):
                move = partial(self.move, i, k)
                self.sliders[i, k] = self.add_slider(name, move, values, 0, down=down)
                fill = self.sliders[i, k].poly  # from 0; before matplotlib 3.9 it is a polygon
                if hasattr(fill, "set_x"):
                    fill.set_x(0)
                else:
                    fill.xy[[0, 1, -1], 0] = 0

    def move(self, i, k, value):
        self.parameters[i].flat[k] = value
        self.change()

    def change(self, _=None):
        """Set the bias B2 so that the errors have a mean of 0, and begin without speed."""
        super().change()
        x, y = polynomial((1, 0, self.SLOPES[self.choice.value_selected], 0), -5, 5, 50)
        self.x, self.y = x / 5, y / y.std()
        self.parameters[3] -= (cubic.predict(self.x, self.parameters) - self.y).mean()
        self.options = {"velocity": [np.zeros_like(p) for p in self.parameters]}

    choose = change

    def update(self, y_hat, loss):
        W1, _, W2, _ = self.parameters
        _, _, a1, _ = cubic.forward(self.x, self.parameters)
        draw.curves(self.sum_axes, self.x, self.y, y_hat)
        rms = style.number(100 * np.sqrt(loss), 3)
        if np.abs(y_hat).max() > 3:
            self.sum_axes.text(0, 2.6, "out of the picture", ha="center", **draw.LABEL)
        self.sum_axes.title.set_text(f"iteration {len(self.losses)}, rms error {rms} %")
        for axes, rise, step in zip(self.plots[1:], W1[:, 0] * W2[0], W2.T * a1):
            axes.plot(self.x, step - step.mean(), **style.weight_line(rise, 40, narrowest=1.5))
        for (i, k), control in self.sliders.items():
            weight = self.parameters[i].flat[k]
            control.eventson = False  # it only follows
            control.set_val(np.clip(weight, -12.5, 12.5))
            control.valtext.set_text(style.number(weight, 3 if abs(weight) > 10 else None))
            control.eventson = True


def film(window):
    """Return a film of what a window does in the five seconds after it is started."""
    play = window(dpi=190)
    play.run(True)
    return play.figure, lambda _: play.tick(), range(50)


def serve(window):
    """Show a window as a page, to this computer alone. Raises RuntimeError without tornado."""
    plt.switch_backend("webagg")
    from matplotlib.backends.backend_webagg import WebAggApplication as Application
    from matplotlib.backends.backend_webagg_core import NavigationToolbar2WebAgg as Toolbar
    from tornado.websocket import WebSocketClosedError

    class Socket(Application.WebSocket):
        def write_message(self, *args, **options):
            """Send to a page. One that was closed just now misses it, and stops no other."""
            try:
                sent = super().write_message(*args, **options)
            except WebSocketClosedError:
                return
            sent.add_done_callback(lambda sent: sent.exception())

    Application.WebSocket = Socket
    Toolbar.toolitems = [tool for tool in Toolbar.toolitems if tool[0] == "Download"]
    Application.initialize(address="127.0.0.1")
    print(f"The playground is at http://127.0.0.1:{Application.port}", flush=True)
    window()
    plt.show()


WINDOWS = {"xor": Xor, "cubic": Cubic}
PICTURES = {f"playground_{name}.gif": partial(film, w) for name, w in WINDOWS.items()}


def main(argv=None):
    formatter = argparse.RawDescriptionHelpFormatter  # keeps the lines
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("window", nargs="?", choices=WINDOWS, default="xor")
    parser.add_argument("--browser", action="store_true", help="a page instead of a window")
    parser.add_argument("--save", metavar="FILE", type=Path, help="png or gif; no window")
    args = parser.parse_args(argv)
    window = WINDOWS[args.window]
    plt.rcParams["text.hinting"] = "none"  # texts are drawn sooner
    if args.save:
        plt.switch_backend("agg")
        picture = film(window) if args.save.suffix.lower() == ".gif" else window().figure
        try:
            style.write(picture, args.save)
        except (OSError, ValueError, RuntimeError) as error:
            parser.error(f"--save: {error}")
    elif args.browser:
        try:
            serve(window)
        except RuntimeError:  # matplotlib's word for it
            parser.error("--browser needs tornado: pip install tornado")
    else:
        window()
        if plt.get_backend().lower() in ("agg", "cairo", "pdf", "pgf", "ps", "svg"):
            parser.exit(1, NO_WINDOW)
        plt.show()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # tkinter would only print it
    main()
