"""Two windows to play in: xor.py and cubic.py behind buttons and sliders.

    python -m figures.playground xor             a window, with tkinter or Qt
    python -m figures.playground xor --browser   a page (pip install tornado)
    python -m figures.playground cubic --save FILE.gif   a film, or FILE.png

The controls of both windows
    Start, Descend          train until you press Pause
    One iteration           train once, and say what that changed
    Reset weights           go back to the first weights of this seed
    iterations per picture  how fast it trains: up to 12 pictures a second
    learning rate           you may move it while the network trains
    seed                    picks the first weights
The line on top tells you when everything is learned, or when the training is
stuck, and what to try then. The lines below it say what you can click. A page
is at the address that is printed. Press Ctrl-C to end it.

xor: The square on the left shows all inputs x0 and x1. It is bluer where the
output is nearer to 1. Circles hold the desired outputs, and the predicted ones
are above or below. Each line is a hidden node. The node is on where its arrow
points. A solid line raises the output, and a dashed line lowers it. In the
middle is the network: each node shows the same square with its own output.
  - Click a circle to turn its desired output over. The weights stay.
  - "One iteration" marks the weight of each layer that changed most in yellow.
  - "ring" is 40 points of 1 inside a ring of 60 points of 0, and "blank" is
    for a problem of your own. A click adds a 1, a click on a point turns 1
    into 0, and the next click removes it. A right click, or a click while you
    hold Shift, adds a 0.
  Try:
  - Choose XOR, 2 hidden nodes, seed 27 and 20 iterations per picture. Training
    gets stuck with two outputs at 0.50. With seed 28 it succeeds.
  - Choose 1 hidden node. The network learns AND in less than 100 iterations,
    because one line is enough. It never learns XOR.
  - Choose ring and 20 iterations per picture. Two hidden nodes can't enclose
    the points of 1. Three can: their lines make a triangle.
  - Choose XOR, seed 0, 4 nodes, a learning rate of 100, and One iteration. All
    outputs leap to 1.00, where the sigmoids are flat. Start it, and it is stuck.

cubic: Three steps add up to the curve on the left. W1 is how steep a step is,
B1 moves the step sideways, and W2 is how high it is. The bias B2 sets itself.
As in cubic.py, x is divided by 5, and y by its standard deviation, which is
the 100 % of the rms error. Another curve keeps the weights.
  Try:
  - Choose x^3 + 15x and Reset weights. Make the error as small as you can by
    hand. With W2 at 3, 2 and 3 it is 16 %. Descend goes on from your weights.
  - Choose x^3 - 15x and Reset weights. Put B1 at 4 in step 1 and at -4 in step
    3, and W2 at 10, 6 and 10. The error is 17 %.
  - Press Reset weights, choose a learning rate of 2, and press One iteration
    until the training diverges, which takes 6 to 8 iterations.
"""

import argparse
import json
import signal
import time
import webbrowser
from copy import deepcopy
from functools import partial
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.backend_bases import MouseButton
from matplotlib.patheffects import withStroke
from matplotlib.widgets import Button, RadioButtons, Slider

if not __package__:
    raise SystemExit("Run this in the folder of xor.py: python -m figures.playground xor")

import cubic
import xor
from dataset import polynomial, truth_table
from figures import draw, style

HEIGHT = 3.6  # inches; the width is that of all pictures
PLACES = {  # left, bottom, width and height, in parts of the window
    "8 choices": (0, 0.285, 0.13, 0.53),
    "2 choices": (0, 0.6, 0.13, 0.2),
    "Start": (0.01, 0.11, 0.105, 0.085),
    "One iteration": (0.122, 0.11, 0.165, 0.085),
    "Reset weights": (0.294, 0.11, 0.165, 0.085),
    "iterations per picture": (0.26, 0.03, 0.14, 0.05),
    "learning rate": (0.635, 0.15, 0.28, 0.05),
    "seed": (0.635, 0.085, 0.28, 0.05),
    "hidden nodes": (0.635, 0.02, 0.28, 0.05),
    "square": (0.165, 0.325, 0.2588, 0.46),
    "network": (0.43, 0.225, 0.28, 0.56),
    "loss": (0.8, 0.325, 0.17, 0.46),
    "legend": (0, 0.36, 0.2, 0.2),
    "sum": (0.27, 0.325, 0.235, 0.46),
    "step": (0.56, 0.63, 0.15, 0.165),  # the first of three
    "W1": (0.765, 0.75, 0.13, 0.05),
    "B1": (0.765, 0.69, 0.13, 0.05),
    "W2": (0.765, 0.63, 0.13, 0.05),
}
BELOW = 0.205  # how far a step is below the one before

RATES = [*np.outer([0.01, 0.1, 1, 10, 100], range(1, 10)).ravel(), 1000]
PACES = 1, 2, 5, 10, 20, 50, 100
PERIOD = 85  # milliseconds from one picture to the next, if the computer is fast enough
PAUSE = 10  # milliseconds after a picture, at least, in which clicks are heard

NO_POINTS = "There are no points yet: click into the square."
DIVERGED = "The training diverged: press Reset weights, and try a learning rate near 0.3."
GOES_ON = ". Training goes on."
SLOWER = "It is stuck: try Reset weights with a learning rate near {}."
NO_WINDOW = "No window (no display, or no tkinter or Qt): --browser shows a page instead.\n"


class Playground:
    """What both windows share: the controls; training and drawing in turn; the lines on top.

    A subclass says what is trained, and draws it. It defines

        SCRIPT          the script whose train and predict are used
        START           what is written on the button that starts training
        RATE, PACE      the learning rate and the iterations per picture at first
        FILM_PACE       the iterations per picture of a film
        CHANGES         what is said after one iteration, with {} for each of the four changes
        STUCK           what is said when it is stuck and the learning rate is good
        CHOICES         the names of what can be learned, at first the first one
        MEASURE         the name of the number that says how wrong the network is
        options         further arguments of train, a dict
        build()         make axes and further controls, and set x and y, what is to be learned,
                        and moving, a list of the axes and texts that training changes
        choose(name)    set x and y to one of the choices
        initialize(rng) return the first parameters
        learned(y_hat)  return what is said when all predictions are good enough, or ""
        measured(loss)  return the loss as a text that goes with MEASURE
        advice()        return what the reader can do, in a line or two
        renew(y_hat)    draw what was learned
    """

    @style.sheet
    def __init__(self, dpi=160):
        options = {"font.size": 9, "axes.titlesize": 9, "axes.titley": 1.02, "toolbar": "None"}
        plt.rcParams.update(options)
        self.figure = plt.figure(figsize=(style.WIDTH, HEIGHT), dpi=dpi, layout="none")
        self.figure.set_visible(False)  # matplotlib would draw it after each slider
        self.canvas = self.figure.canvas
        self.canvas.manager.set_window_title("Playground")
        self.message = self.figure.text(0.5, 0.962, "", weight="bold", ha="center")
        self.hint = self.figure.text(0.5, 0.908, "", ha="center", va="center")
        self.said = ""
        self.changes = []
        self.listen()

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
        for part in self.moving:
            part.set_animated(True)  # matplotlib leaves these out when it draws a window
        self.run(False)
        self.restart()
        self.say("")
        self.figure.set_visible(True)
        self.show()

    def listen(self):
        """Listen to the mouse before the controls do, to the window's size, to each picture."""
        self.waiting = False
        self.ticked = 0.0
        self.timer = self.canvas.new_timer(PAUSE, [(self.tick, (), {})])
        self.timer.single_shot = True
        self.canvas.mpl_disconnect(self.canvas.manager.key_press_handler_id)  # L changes scales
        self.canvas.mpl_connect("button_press_event", self.let_go)
        self.canvas.mpl_connect("figure_leave_event", self.let_go)
        self.canvas.mpl_connect("resize_event", self.fit)
        self.canvas.mpl_connect("draw_event", self.drawn)
        self.canvas.mpl_connect("close_event", lambda _: self.timer.stop())

    def let_go(self, _):
        """Let all controls go, because a page isn't told of a release outside of it."""
        self.canvas.release_mouse(self.canvas.mouse_grabber)
        for control in self.controls:
            control.drag_active = False

    def fit(self, _):
        """Let letters and lines grow and shrink with the window."""
        width, height = self.figure.bbox.size
        dpi = min(width / style.WIDTH, height / HEIGHT)
        self.figure._set_dpi(dpi, forward=False)  # the public one would resize the window
        self.figure.set_size_inches(width / dpi, height / dpi, forward=False)
        self.still = None

    # Controls

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
        """Add a slider with a mark at its first value.

        It is longer than its values, because a knob that leaves its axes can't be held.
        """
        low, high = values[0], values[-1]
        room = (high - low) / 12
        ends = (low / 1.5, high * 1.5) if scale == "log" else (low - room, high + room)
        control = Slider(self.axes(name, down), name, *ends, valinit=start, valstep=values,
                         valfmt="%g", initcolor="black")  # fmt: skip
        control.ax.set_xscale(scale)
        control.label.set_x(-0.01 / PLACES[name][2])
        control.valtext.set_x(1 + 0.01 / PLACES[name][2])
        return self.add(control, action)

    # What the controls do

    def run(self, running):
        self.running = running
        self.say("")  # what one iteration changed is no longer what is seen
        self.start.label.set_text("Pause" if running else self.START)
        self.still = None  # because the button has changed

    def one_iteration(self, _):
        self.run(False)
        parameters = deepcopy(self.parameters)
        before = self.measured(self.loss())
        self.train(1)
        if self.said:  # nothing was trained
            return
        after = self.measured(self.loss())
        changes = [now - then for now, then in zip(self.parameters, parameters)]
        self.say(f"One iteration took the {self.MEASURE} from {before} to {after}", changes)

    def reset(self, _=None):
        self.run(False)
        self.restart()

    def restart(self, _=None):
        """Begin with the first weights of the seed."""
        seed = int(self.seed.val)
        self.parameters = self.initialize(np.random.default_rng(seed))
        self.change()
        self.say(f"New weights: the first ones of seed {seed}")

    def change(self, _=None):
        """Count the iterations from zero, because what is trained has changed."""
        self.losses = []
        self.say("")

    # Training

    def train(self, iterations):
        """Train with the script's own function. If that diverges, leave all as it was."""
        self.say("")
        if not len(self.y):
            self.say(NO_POINTS)
            return
        data = self.x, self.y, self.parameters
        before = deepcopy((self.parameters, self.options))
        with np.errstate(all="ignore"):  # numbers that grow too large are met below
            losses = self.SCRIPT.train(*data, iterations, self.rate.val, **self.options)
            diverged = not self.loss() < 1e4
        if diverged:
            self.parameters, self.options = before
            self.run(False)
            self.say(DIVERGED)
        else:
            self.losses += losses

    def wait(self):
        """Train on a little after a picture was drawn."""
        if not self.waiting:
            self.waiting = True
            passed = 1000 * (time.monotonic() - self.ticked)
            self.timer.interval = int(max(PAUSE, PERIOD - passed))
            self.timer.start()

    def tick(self):
        self.waiting = False
        self.ticked = time.monotonic()
        if self.running:
            self.step()
            self.draw_moving()

    def step(self):
        """Train for one picture."""
        self.train(self.pace.val)
        self.renew_all()

    # What is said and drawn

    def loss(self):
        if not len(self.y):
            return np.nan
        return np.mean((self.SCRIPT.predict(self.x, self.parameters) - self.y) ** 2)

    def say(self, text, changes=()):
        """Keep what the last action has to say, and how it changed the parameters."""
        self.said = text
        self.changes = changes

    def largest_changes(self):
        """Return a text that says how far a parameter was moved at most, for each array."""
        sizes = [np.abs(change).max() for change in self.changes]
        rounded = [size if size > 1e-6 else 0 for size in sizes]  # less has too many digits
        return self.CHANGES.format(*[style.number(size, 2) for size in rounded])

    def judge(self, y_hat):
        """Return what is to be said of the training so far: learned, stuck, or nothing."""
        n = len(self.losses)
        if n == 0:
            return ""
        if praise := self.learned(y_hat):
            return praise + self.running * GOES_ON
        speed = self.rate.val / self.RATE
        enough = 1000 * max(1, 1 / speed)  # a slow one has more time
        if n <= enough:
            return ""
        lowest_at_first = min(self.losses[: n // 2])
        lowest_since = min(self.losses[n // 2 :])
        if lowest_since <= 0.9 * lowest_at_first:
            return ""
        return self.STUCK if speed < 1.5 else SLOWER.format(self.RATE)

    def show(self):
        """Draw all, because an action may have changed anything."""
        self.renew_all()
        self.still = None
        self.canvas.draw_idle()

    def renew_all(self):
        """Renew all that is drawn, with what is to be said about it."""
        y_hat = self.SCRIPT.predict(self.x, self.parameters)
        self.renew(y_hat)
        self.message.set_text(self.said or self.judge(y_hat))
        self.hint.set_text(self.largest_changes() if self.changes else self.advice())

    def drawn(self, event):
        """Keep the pixels of all that stays, and draw what moves on top of them."""
        if not event.canvas.is_saving():
            self.still = self.canvas.copy_from_bbox(self.figure.bbox)
        for part in self.moving:
            part.draw(event.renderer)
        self.wait()

    def draw_moving(self):
        """Draw what moves once more, which takes about half as long as to draw all."""
        is_seen = getattr(self.canvas.manager, "web_sockets", True)  # a page may be closed
        if self.still is None or not is_seen:
            self.canvas.draw_idle()  # a closed page draws nothing, so the training pauses
            return
        self.canvas.restore_region(self.still)
        for part in self.moving:
            part.draw(self.canvas.get_renderer())
        self.canvas.blit()
        self.wait()


GATES = "XOR", "XNOR", "AND", "NAND", "OR", "NOR"
REACH = 0.04  # how near a click on a point must be
CIRCLE_REACH = 0.15  # one and a half radii of the circles of a gate
HALO = 1.5  # how much wider than a line the white behind it is
SOLID = {"dash_offset": 0, "dash_list": None}
MARK = withStroke(linewidth=8, foreground="gold", dashes=SOLID)


def disk(inner, outer, n_points, rng):
    """Return random places (n_points, 2) in a ring around the middle of the unit square."""
    radius = np.sqrt(rng.uniform(inner**2, outer**2, n_points))  # as many for each area
    angle = rng.uniform(0, 2 * np.pi, n_points)
    return 0.5 + np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def ring():
    """Return X (100, 2) and Y (100, 1): 40 points of 1 in a disk, 60 points of 0 around it."""
    rng = np.random.default_rng(0)
    X = np.vstack([disk(0, 0.25, 40, rng), disk(0.4, 0.5, 60, rng)])
    Y = np.vstack([np.ones((40, 1)), np.zeros((60, 1))])
    return X, Y


class Xor(Playground):
    """xor.py: the square of its inputs, the network, the loss."""

    SCRIPT = xor
    START = "Start"
    RATE = 8
    PACE = 5
    FILM_PACE = 5
    CHANGES = (
        "Largest changes: weights to the hidden nodes {} (biases {}),\n"
        "to the output {} (bias {}). Yellow marks these two weights."
    )
    LEARNED = "Learned: every output is within 0.1 of the desired one"
    LEARNED_POINTS = "Learned: all points are correct"
    STUCK = "It is stuck: try more hidden nodes, or another seed."
    CLICK_CIRCLES = (
        "Click a circle to change the desired output. "
        "The number beside it is the output of the network.\n"
    )
    CLICK_POINTS = (
        "A click adds a 1 (black), a second makes it a 0 (white), a third removes it. "
        "A right click adds a 0.\n"
    )
    LINES = (
        "A hidden node is on where the arrow of its line points. "
        "Solid raises the output, dashed lowers it."
    )
    CHOICES = *GATES, "ring", "blank"
    MEASURE = "loss"
    options = {}

    def build(self):
        self.hidden = self.add_slider("hidden nodes", self.set_nodes, range(1, 9), 4)
        self.build_square()
        self.network = self.axes("network", anchor="N")
        self.loss_axes = self.axes("loss", yscale="log", xlabel="iteration")
        self.loss_axes.set_yticks((1e-4, 0.01, 1), ("0.0001", "0.01", "1"))
        self.loss_axes.minorticks_off()  # they would take long to draw
        end = {"marker": "o", "markevery": [-1], "markersize": 4, "clip_on": False}
        (self.loss_line,) = self.loss_axes.plot([], [], **style.LOSS, **end)
        self.moving = [self.square, self.network, self.loss_axes, self.message]
        self.x, self.y = truth_table("xor")
        self.set_nodes()
        self.canvas.mpl_connect("button_press_event", self.click)

    def build_square(self):
        """Make the axes of the square, with an image that is renewed."""
        self.square = self.axes("square")
        nothing = np.zeros((draw.SIDE, draw.SIDE))
        self.image = self.square.imshow(nothing, style.OUTPUTS, vmin=0, vmax=1,
            extent=draw.EDGE, origin="lower", interpolation="nearest")  # fmt: skip
        self.square.set(xlim=draw.EDGE[:2], ylim=draw.EDGE[2:], xticks=(0, 1), yticks=(0, 1))
        self.square.set(xlabel="x0", ylabel="x1")
        self.square.yaxis.labelpad = 0

    def choose(self, name):
        if name in GATES:
            self.x, self.y = truth_table(name.lower())
        elif name == "ring":
            self.x, self.y = ring()
        else:
            self.x = np.empty((0, 2))
            self.y = np.empty((0, 1))
        self.restart()
        self.draw_square()

    def initialize(self, rng):
        return xor.initialize(2, int(self.hidden.val), 1, rng)

    def set_nodes(self, _=None):
        """Begin anew with so many hidden nodes as the slider says."""
        self.restart()
        self.draw_square()
        self.draw_network()

    # Clicks into the square

    def has_gate(self):
        """Whether the points are the four of a gate."""
        return self.choice.value_selected in GATES

    def click(self, event):
        """Change the points where the reader clicks; training goes on from there."""
        if event.inaxes is not self.square:
            return
        place = np.array([event.xdata, event.ydata])
        if self.has_gate():
            if self.distances(place).min() > CIRCLE_REACH:
                return
            self.turn_over(place)
        else:
            other = event.button != MouseButton.LEFT or "shift" in event.modifiers
            self.put_point(place, 0.0 if other else 1.0)
        self.change()
        self.draw_square()
        self.show()

    def distances(self, place):
        return np.hypot(*(self.x - place).T)

    def turn_over(self, place):
        """Turn the desired output of the nearest point over."""
        nearest = self.distances(place).argmin()
        self.y[nearest] = 1 - self.y[nearest]

    def put_point(self, place, desired):
        """Add a point. If one is there already, make a 0 of a 1, and remove a 0."""
        distances = self.distances(place)
        if distances.min(initial=np.inf) > REACH:
            self.x = np.vstack([self.x, place])
            self.y = np.vstack([self.y, [desired]])
            return
        nearest = distances.argmin()
        if self.y[nearest] == 1:
            self.y[nearest] = 0
        else:
            self.x = np.delete(self.x, nearest, axis=0)
            self.y = np.delete(self.y, nearest, axis=0)

    # What is said

    def is_correct(self, y_hat):
        """For each point, whether its output is on the side of one half that is desired."""
        return (y_hat > 0.5) == (self.y > 0.5)

    def learned(self, y_hat):
        if self.has_gate():
            if np.abs(y_hat - self.y).max() < 0.1:
                return self.LEARNED
        elif self.is_correct(y_hat).all():
            return self.LEARNED_POINTS
        return ""

    def measured(self, loss):
        return style.minus(f"{loss:.4g}")

    def advice(self):
        return (self.CLICK_CIRCLES if self.has_gate() else self.CLICK_POINTS) + self.LINES

    # What is drawn: anew if points or nodes have come or gone, and otherwise renewed

    def draw_square(self):
        """Draw these points, and lines for so many hidden nodes, into the square."""
        axes = self.square
        for part in (*axes.lines, *axes.collections, *axes.texts):
            part.remove()
        n = int(self.hidden.val)
        self.lines = [axes.plot([], [])[0] for _ in range(n)]
        nowhere = np.zeros(n)
        self.arrows = axes.quiver(nowhere, nowhere, nowhere, nowhere, scale=8, width=0.02,
                                  headwidth=3.5, headlength=3.5, headaxislength=3.5, zorder=3,
                                  edgecolor="white", linewidth=0.7)  # fmt: skip
        self.numbers = []
        if self.has_gate():
            draw.desired_points(axes, self.x, self.y)
            draw.beside_points(axes, self.x, [""] * 4, 0.2, bbox=draw.BOX)
            self.numbers = axes.texts[-4:]
        else:
            self.draw_points()

    def draw_points(self):
        """Draw points without numbers: 1 is black, 0 is white."""
        look = {"linestyle": "", "marker": "o", "markersize": 4, "markeredgecolor": "black"}
        for desired, color in (1, "black"), (0, "white"):
            points = self.x[self.y[:, 0] == desired]
            self.square.plot(*points.T, markerfacecolor=color, zorder=4, **look)

    def draw_network(self):
        """Draw the network of so many hidden nodes."""
        W1, _, W2, _ = self.parameters
        n = len(W1)
        layers = [np.zeros((nodes, draw.SIDE, draw.SIDE)) for nodes in (2, n, 1)]
        gap = max(2, n / 2)
        self.network.clear()
        nodes = draw.network(self.network, [W1, W2], layers, gap)
        label = {"ha": "center", "va": "center", "fontsize": 9}
        for name, (x, y), side in zip(("x0", "x1"), nodes[0], (1, -1)):
            edge = x, y + side * draw.NODE
            self.network.annotate(
                name, edge, (0, 8 * side), textcoords="offset points", **label
            )
        self.network.set_title("output of each node", fontsize=9, y=1.02)
        self.network.set(xlim=(-0.6, 2 * gap + 0.4), ylim=(-gap - 0.4, gap + 0.4))

    def renew(self, y_hat):
        _, _, a1, _, a2 = xor.forward(draw.PLANE, self.parameters)
        self.renew_square(a2, y_hat)
        self.renew_title(y_hat)
        self.mark_choice()
        W1, _, W2, _ = self.parameters
        draw.renew(self.network, [W1, W2], draw.squares([*draw.PLANE.T, *a1, *a2]))
        self.renew_changes()
        self.renew_loss()

    def renew_square(self, outputs, y_hat):
        W1, B1, W2, _ = self.parameters
        self.image.set_data(draw.squares(outputs)[0])
        ends, across, feet = draw.hidden_lines(W1, B1)
        looks = [style.weight_line(weight, np.abs(W2).max()) for weight in W2[0]]
        for line, look, places in zip(self.lines, looks, ends):
            width = look["linewidth"]
            halo = withStroke(linewidth=width + HALO, foreground="white")
            line.set_data(*places.T)
            line.set(**look, path_effects=[halo], zorder=2 - width / 10)  # thin ones on top
        self.arrows.set_offsets(feet)
        self.arrows.set_UVC(*across.T)
        self.arrows.set_facecolor([look["color"] for look in looks])
        for text, y in zip(self.numbers, y_hat[:, 0]):
            text.set_text(f"{y:.2f}")

    def gate(self):
        """Return the name of the gate that the points make, or None."""
        if not self.has_gate():
            return None
        for gate in GATES:
            if np.array_equal(self.y, truth_table(gate.lower())[1]):
                return gate
        return None

    def renew_title(self, y_hat):
        """Say above the square which gate is desired, or how many points are correct."""
        if self.has_gate():
            title = f"desired: {self.gate() or 'your own'}"
        elif len(self.y):
            title = f"correct: {self.is_correct(y_hat).sum()} of {len(self.y)} points"
        else:
            title = "no points"
        self.square.title.set_text(title)

    def mark_choice(self):
        """Mark what is chosen. If the points have become another gate, mark that one."""
        gate = self.gate()
        if gate:
            self.choice.eventson = False  # it only follows
            self.choice.set_active(self.CHOICES.index(gate))
            self.choice.eventson = True
        none = self.has_gate() and not gate
        self.choice.activecolor = "white" if none else style.PREDICTED["color"]

    def renew_changes(self):
        """Mark on the network, in each layer, the weight that was moved most."""
        for line in self.network.lines:
            line.set(path_effects=[], zorder=1)
        first = 0  # of this layer's edges
        for change in self.changes[::2]:  # of the weights W1 and W2
            edge = self.network.lines[first + np.abs(change).argmax()]
            edge.set(path_effects=[MARK], zorder=2)  # on top of the others
            first += change.size

    def renew_loss(self):
        """Draw the loss before each iteration, and the one after the last as a dot."""
        n = len(self.losses)
        shown = range(0, n, 1 + n // 500)  # a million would take long
        loss = self.loss()
        losses = np.maximum([*[self.losses[i] for i in shown], loss], 1e-30)
        self.loss_line.set_data([*shown, n], losses)
        lowest = np.nanmin(losses, initial=1e-4)
        self.loss_axes.set(xlim=(0, max(n, 1)), ylim=(lowest / 2, 1))
        ends = sorted({0, n})
        self.loss_axes.set_xticks(ends, ends)
        text = f"loss {self.measured(loss)}" if len(self.y) else "loss"
        self.loss_axes.title.set_text(text)


class Cubic(Playground):
    """cubic.py: three steps, each beside its sliders, and their sum."""

    SCRIPT = cubic
    START = "Descend"
    RATE = 0.3
    PACE = 5
    FILM_PACE = 10
    LEARNED = "Learned: every error is below 0.1 standard deviations"
    CHANGES = "Largest change of a weight or bias: W1 {}, B1 {}, W2 {}, B2 {}"
    STUCK = "It is stuck: try Reset weights."
    SLOPES = {style.minus("x³ - 15x"): -15, "x³ + 15x": 15}
    CHOICES = tuple(SLOPES)
    MEASURE = "rms error"

    def build(self):
        self.sum_axes = self.axes("sum", xlim=(-1.1, 1.1), ylim=(-3, 3), yticks=(-2, 0, 2))
        self.sum_axes.set(xlabel="x / 5", ylabel="y / standard deviation")
        draw.curves(self.sum_axes, [], [], [])
        self.predicted, self.desired = self.sum_axes.lines
        self.outside = self.sum_axes.text(0, 2.6, "", ha="center", **draw.LABEL)
        self.figure.legend(loc="center", bbox_to_anchor=PLACES["legend"], handlelength=2)
        self.steps = []
        self.sliders = {}
        for k in range(3):
            self.build_step(k)
        self.set_curve(self.CHOICES[0])
        weights = [slider.ax for slider in self.sliders.values()]
        steps = [line.axes for line in self.steps]
        self.moving = [self.sum_axes, self.message, *steps, *weights]

    def build_step(self, k):
        """Make the axes of one step, and its three sliders."""
        down = k * BELOW
        axes = self.axes("step", down, xlim=(-1.1, 1.1), ylim=(-5, 5), xticks=(), yticks=())
        axes.set_ylabel(f"step {k + 1}")
        axes.spines.bottom.set(position="zero", color="0.7", zorder=1)
        self.steps += axes.plot([], [])
        values = np.linspace(-12, 12, 49)
        for i, name in enumerate(("W1", "B1", "W2")):
            move = partial(self.move, i, k)
            slider = self.add_slider(name, move, values, 0, down=down)
            self.sliders[i, k] = slider
            if hasattr(slider.poly, "set_x"):  # the blue begins at 0
                slider.poly.set_x(0)
            else:  # a polygon, before matplotlib 3.9
                slider.poly.xy[[0, 1, -1], 0] = 0

    def set_curve(self, name):
        x, y = polynomial((1, 0, self.SLOPES[name], 0), -5, 5, 50)
        self.x = x / 5
        self.y = y / y.std()

    def choose(self, name):
        """Go over to another curve, with the same weights."""
        self.set_curve(name)
        self.change()

    def initialize(self, rng):
        return cubic.initialize(3, rng)

    def move(self, i, k, value):
        """Set a weight by hand."""
        self.parameters[i].flat[k] = value
        self.change()

    def change(self, _=None):
        super().change()
        self.balance()
        self.stop()

    def balance(self):
        """Set the bias B2 so that the errors have a mean of 0."""
        error = cubic.predict(self.x, self.parameters) - self.y
        self.parameters[3] -= error.mean()

    def stop(self):
        """Let the next descent begin without speed."""
        self.options = {"velocity": [np.zeros_like(p) for p in self.parameters]}

    def learned(self, y_hat):
        return self.LEARNED if np.abs(y_hat - self.y).max() < 0.1 else ""

    def measured(self, loss):
        return style.number(100 * np.sqrt(loss), 3) + " %"

    def advice(self):
        return (
            "step 1 + step 2 + step 3 = the blue curve. "
            "Move a slider, or let gradient descent do it."
        )

    def renew(self, y_hat):
        self.predicted.set_data(self.x, y_hat)
        self.desired.set_data(self.x, self.y)
        self.outside.set_text("out of the picture" if np.abs(y_hat).max() > 3 else "")
        error = self.measured(self.loss())
        self.sum_axes.title.set_text(f"iteration {len(self.losses)}, rms error {error}")
        self.renew_steps()
        self.renew_sliders()

    def renew_steps(self):
        W1, _, W2, _ = self.parameters
        _, _, a1, _ = cubic.forward(self.x, self.parameters)
        rises = W1[:, 0] * W2[0]
        for line, rise, step in zip(self.steps, rises, W2.T * a1):
            line.set_data(self.x, step - step.mean())
            line.set(**style.weight_line(rise, 40, narrowest=1.5))

    def renew_sliders(self):
        for (i, k), slider in self.sliders.items():
            weight = self.parameters[i].flat[k]
            slider.eventson = False  # it only follows
            slider.set_val(np.clip(weight, -12.5, 12.5))
            slider.valtext.set_text(style.number(weight, 3 if abs(weight) > 10 else None))
            slider.eventson = True


def film(window):
    """Return a film of what a window does after it is started, and that fast."""
    play = window(dpi=190)
    play.pace.set_val(play.FILM_PACE)
    play.run(True)
    return play.figure, lambda _: play.step(), range(25)


def page_application():
    """Return the class of the web server. Raises RuntimeError without tornado."""
    from matplotlib.backends.backend_webagg import WebAggApplication

    class Application(WebAggApplication):
        class AllFiguresPage(WebAggApplication.AllFiguresPage):
            def get(self):
                self.write(style.FOLDER.joinpath("playground.html").read_text("utf-8"))

        class WebSocket(WebAggApplication.WebSocket):
            def on_message(self, message):
                """Leave out a double click, because its two clicks have come already."""
                if json.loads(message)["type"] != "dblclick":
                    super().on_message(message)

    return Application


def serve(window):
    """Show a window as a page, to this computer alone. Raises RuntimeError without tornado."""
    plt.switch_backend("webagg")
    from matplotlib.backends.backend_webagg_core import NavigationToolbar2WebAgg as Toolbar

    Toolbar.toolitems = [tool for tool in Toolbar.toolitems if tool[0] == "Download"]
    window()
    application = page_application()
    application.initialize(address="127.0.0.1")
    address = f"http://127.0.0.1:{application.port}"
    print(f"The playground is at {address}", flush=True)
    webbrowser.open(address)
    application.start()


WINDOWS = {"xor": Xor, "cubic": Cubic}
PICTURES = {f"playground_{name}.gif": partial(film, w) for name, w in WINDOWS.items()}


def save(window, file):
    """Write a film of a window if the file's name ends in gif, otherwise a picture."""
    plt.switch_backend("agg")
    picture = film(window) if file.suffix.lower() == ".gif" else window().figure
    style.write(picture, file)


def main(argv=None):
    formatter = argparse.RawDescriptionHelpFormatter  # keeps the lines
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    option = parser.add_argument
    option("window", nargs="?", choices=WINDOWS, default="xor", help="which one (%(default)s)")
    option("--browser", action="store_true", help="show a page in the browser, not a window")
    option("--save", metavar="FILE", type=Path, help="write a png or a gif, show no window")
    args = parser.parse_args(argv)
    window = WINDOWS[args.window]
    plt.style.use("default")  # whatever the reader's own style is
    plt.rcParams["text.hinting"] = "none"  # texts are drawn sooner
    if args.save:
        try:
            save(window, args.save)
        except (OSError, ValueError, RuntimeError) as error:
            parser.error(f"--save: {error}")
    elif args.browser:
        try:
            serve(window)
        except RuntimeError:  # matplotlib's word for it
            parser.error("--browser needs tornado: pip install tornado")
    else:
        window()
        if plt.get_backend().lower() == "agg":  # what matplotlib takes when no window can open
            parser.exit(1, NO_WINDOW)
        if plt.get_backend().lower() == "tkagg":
            plt.get_current_fig_manager().window.minsize(640, 360)  # smaller isn't legible
        plt.show()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # tkinter would only print it
    main()
