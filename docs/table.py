"""Predict one column of a table of your own: a number, or one of several kinds.

Copy this file to my_table.py in the folder of network1.py, change the lines below the
imports, and run the copy:

    pip install pandas
    python my_table.py

The program prints what it has found in each column, and how far off the network is on rows
that it has never seen. Then it saves the network, together with a description of the columns.
docs/your-own-data.md explains each piece, and shows how to ask the network about new rows.
"""

import json
import sys

import numpy as np

try:
    import pandas as pd

    from network1 import NN, load
except ModuleNotFoundError as error:
    sys.exit(f"{error}: copy this file beside network1.py, and pip install pandas")

FILE = "rents.csv"
READ = {"sep": ";", "decimal": ",", "thousands": "."}  # options of pandas.read_csv
TARGET = "rent"  # the column to predict
PREDICT = "number"  # or "kind"
DATES = {"built": "%d.%m.%Y"}  # columns of dates, and how their dates are written
LEAVE_OUT = ["flat", "quick"]  # columns that can't help, or that you won't know in time
SAVE = "rents_network"  # the name of the saved files, without .npz and .json

SEED = 0  # picks the test rows and the initial weights
ITERATIONS = 2000  # the largest number of updates
TRIES = [(16, 1), (16, 0.95), (16, 0.8)]  # hidden nodes, decay of the weights (1: none)
THRESHOLD = 0.5  # of two kinds, the rarer one is answered if its output is above this


def read_table():
    """Return the rows of FILE that have no gap, as a pandas table."""
    if isinstance(LEAVE_OUT, str) or TARGET in LEAVE_OUT:
        raise ValueError(f'LEAVE_OUT must be a list such as ["name"], without {TARGET!r}')
    as_text = [*DATES, TARGET] if PREDICT == "kind" else [*DATES]
    try:
        table = pd.read_csv(FILE, dtype=dict.fromkeys(as_text, str), **READ)
    except TypeError as error:
        raise ValueError(f"READ must hold options of pandas.read_csv: {error}") from None
    for name in [TARGET, *DATES, *LEAVE_OUT]:
        if name not in table.columns:
            raise ValueError(f"no column is called {name!r}, only {list(table.columns)}")
    table = table.drop(columns=LEAVE_OUT)
    whole = table.dropna()
    print(f"{FILE}: {len(table)} rows, {len(table) - len(whole)} left out because of gaps")
    for name, gaps in table.isna().sum().items():
        if gaps > 0:
            print(f"  {name}: {gaps} gaps")
    if len(whole) < 25:
        raise ValueError(f"at least 25 rows without a gap are needed, not {len(whole)}")
    if whole[TARGET].nunique() < 2:
        raise ValueError(f"{TARGET!r} is the same in all rows, so there is nothing to predict")
    if len(whole.columns) < 2:
        raise ValueError(f"besides {TARGET!r}, there must be a column to predict it from")
    return whole


def describe(table):
    """Return a dictionary that says what each column holds, and print it.

    Its values are "number", the form in which the dates are written, or the list of words.
    """
    columns = {}
    for name in table.columns:
        column = table[name]
        if name in DATES:
            columns[name] = DATES[name]
            found = f"dates such as {column.iloc[0]}"
        elif pd.api.types.is_numeric_dtype(column):
            columns[name] = "number"
            found = f"numbers from {column.min():.9g} to {column.max():.9g}"
        else:
            columns[name] = list_words(column)
            found = f"the words {', '.join(columns[name])}"
        if name == TARGET:
            found += " (to be predicted)"
        print(f"  {name}: {found}")
    return columns


def list_words(column):
    """Return the different words of a column, in alphabetical order."""
    words = sorted(set(column.astype(str)))
    if len(words) > len(column) / 4:
        raise ValueError(
            f"{column.name!r} has {len(words)} different words (the first that isn't a number: "
            f"{first_word(column) or 'none'}): correct READ, DATES or PREDICT if these are "
            "numbers or dates, or write the column into LEAVE_OUT"
        )
    return words


def first_word(column):
    """Return the first value that isn't a number if it is read as READ says, or None."""
    text = column.astype(str).str.replace(READ.get("thousands", ""), "", regex=False)
    text = text.str.replace(READ.get("decimal", "."), ".", regex=False)
    words = column[pd.to_numeric(text, errors="coerce").isna()]
    return words.iloc[0] if len(words) else None


def to_numbers(table, columns):
    """Return the columns as an array of numbers (rows, inputs).

    columns is what describe returns. A column of numbers is one input. A column of dates is
    one input, too, in days since 2000. A column of words becomes one input for each word,
    which is 1 in the rows with this word and 0 in all others. Raises a ValueError for a
    column that is missing, or has a value of another kind.
    """
    inputs = []
    for name, form in columns.items():
        if name not in table.columns or table[name].isna().any():
            raise ValueError(f"each row needs a value for {name!r}")
        column = table[name]
        if form == "number":
            if not pd.api.types.is_numeric_dtype(column):
                wrong = first_word(column) or column.tolist()
                raise ValueError(f"{name!r} must be numbers, not {wrong!r}")
            inputs.append(column)
        elif isinstance(form, str):
            dates = pd.to_datetime(column, format=form, errors="coerce")
            if dates.isna().any():
                wrong = column[dates.isna()].iloc[0]
                raise ValueError(f"{name!r} must be dates in the form {form}, not {wrong!r}")
            inputs.append((dates - pd.Timestamp("2000-01-01")) / pd.Timedelta(days=1))
        else:
            for word in column.astype(str):
                if word not in form:
                    raise ValueError(f"{name!r} must be one of {', '.join(form)}, not {word!r}")
            for word in form:
                inputs.append(column.astype(str) == word)
    return np.column_stack(inputs).astype(float)


def mean_and_spread(values):
    """Return the mean and the standard deviation of each column.

    The standard deviation of a column that never changes is given as 1, to divide by it.
    """
    spread = values.std(axis=0)
    return values.mean(axis=0), np.where(spread > 0, spread, 1)


def straight_line(x, y):
    """Return a network without hidden nodes. It is the line that fits the rows best."""
    nn = NN([x.shape[1], y.shape[1]])
    x1 = np.hstack([x, np.ones((len(x), 1))])  # a column of ones for the bias
    weights, *_ = np.linalg.lstsq(x1, y, rcond=None)
    nn.weight[0] = weights[:-1].T
    nn.bias[0] = weights[-1:].T
    return nn


def train_a_little(nn, x, y, decay):
    """Update the network ten times, then make all weights a little smaller."""
    nn.train(x, y, 10, learning_rate=0.05, momentum=0.9, verbose=False)
    for W in nn.weight:
        W *= decay


def choose(x, y, training, validation):
    """Return the hidden nodes, decay and iterations that predict the validation rows best.

    If no network is better than the straight line, all three are 0.
    """
    line = straight_line(x[training], y[training])
    lowest = np.mean((line.forward(x[validation]) - y[validation]) ** 2)
    best = 0, 0, 0
    for nodes, decay in TRIES:
        print(f"trying {nodes} hidden nodes, decay {decay}")
        nn = NN([x.shape[1], nodes, y.shape[1]], rng=SEED)
        for iterations in range(10, ITERATIONS + 1, 10):
            train_a_little(nn, x[training], y[training], decay)
            error = np.mean((nn.forward(x[validation]) - y[validation]) ** 2)
            if error < 0.98 * lowest:  # a gain below 2 % isn't worth more nodes or time
                lowest = error
                best = nodes, decay, iterations
    return best


def rms(error):
    """Return the root of the mean square."""
    return np.sqrt(np.mean(error**2))


def report_numbers(y, y_hat, on_the_line, mean):
    """Print how far off the network is in rows never seen, and two simpler predictions."""
    print(f"typical error in {len(y)} rows never seen (root of the mean square)")
    print(f"  network: {rms(y_hat - y):.4g}")
    print(f"  straight line: {rms(on_the_line - y):.4g}")
    print(f"  always the mean: {rms(mean - y):.4g}")


def pick(y_hat, share, threshold):
    """Return the number of the kind that is answered in each row.

    It is the kind with the largest output. Of two kinds, it is the rarer one if its output is
    above the threshold. share is the share of each kind in the rows that were trained on.
    """
    if len(share) > 2:
        return y_hat.argmax(axis=1)
    rare = np.argmin(share)
    return np.where(y_hat[:, rare] > threshold, rare, 1 - rare)


def report_kinds(y, y_hat, on_the_line, share, kinds):
    """Print how many answers are right in rows never seen, and what THRESHOLD changes."""
    desired = y.argmax(axis=1)
    right = pick(y_hat, share, THRESHOLD) == desired
    line_right = pick(on_the_line, share, THRESHOLD) == desired
    always_right = desired == np.argmax(share)
    print(f"right answers in {len(y)} rows never seen")
    print(f"  network: {100 * right.mean():.1f} %")
    for i, kind in enumerate(kinds):
        of_this_kind = right[desired == i]
        print(f"    {kind!r}: right in {of_this_kind.sum()} of {len(of_this_kind)} rows")
    print(f"  straight line: {100 * line_right.mean():.1f} %")
    print(f"  always {kinds[np.argmax(share)]!r}: {100 * always_right.mean():.1f} %")
    if len(kinds) == 2:
        rare = np.argmin(share)
        print(f"{kinds[rare]!r} with other values of THRESHOLD")
        for threshold in 0.5, 0.3, 0.2, 0.1:
            picked = desired[pick(y_hat, share, threshold) == rare]
            found = np.sum(picked == rare)
            print(f"  {threshold}: {found} found, {len(picked) - found} false alarms")


def main():
    if PREDICT not in ("number", "kind"):
        raise ValueError(f'PREDICT must be "number" or "kind", not {PREDICT!r}')
    table = read_table()
    columns = describe(table)
    target = columns.pop(TARGET)
    x = to_numbers(table, columns)
    kinds = target if PREDICT == "kind" else None
    y = to_numbers(table, {TARGET: kinds or "number"})

    # A fifth of the rows tests the network, and a fifth of the others says when to stop.
    order = np.random.default_rng(SEED).permutation(len(x))
    test, known = np.split(order, [len(order) // 5])
    validation, training = np.split(known, [len(known) // 5])

    x_mean, x_spread = mean_and_spread(x[known])
    y_mean, y_spread = mean_and_spread(y[known])
    x = (x - x_mean) / x_spread
    y = (y - y_mean) / y_spread

    nodes, decay, iterations = choose(x, y, training, validation)
    line = straight_line(x[known], y[known])
    if nodes == 0:
        print("best tried: the straight line, which is a network without hidden nodes")
        nn = line
    else:
        print(f"best tried: {nodes} hidden nodes, decay {decay}, {iterations} iterations")
        # The validation rows have done their work, so now they are trained on, too.
        nn = NN([x.shape[1], nodes, y.shape[1]], rng=SEED)
        for _ in range(0, iterations, 10):
            train_a_little(nn, x[known], y[known], decay)
    if iterations > 0.9 * ITERATIONS:
        print("The network was still getting better near the end: try more ITERATIONS.")

    y_test = y[test] * y_spread + y_mean
    y_hat = nn.forward(x[test]) * y_spread + y_mean
    on_the_line = line.forward(x[test]) * y_spread + y_mean
    if kinds:
        report_kinds(y_test, y_hat, on_the_line, y_mean, kinds)
    else:
        report_numbers(y_test, y_hat, on_the_line, y_mean)

    nn.save(f"{SAVE}.npz")
    about = {
        "columns": columns,
        "kinds": kinds,
        "x_mean": x_mean.tolist(),
        "x_spread": x_spread.tolist(),
        "y_mean": y_mean.tolist(),
        "y_spread": y_spread.tolist(),
    }
    with open(f"{SAVE}.json", "w", encoding="utf-8") as file:
        json.dump(about, file, indent=1)
    print(f"saved: {SAVE}.npz, {SAVE}.json")


def answer(rows):
    """Return a list of the saved network's predictions, one for each row.

    rows is a list of dictionaries, which have the names of the columns as keys.
    """
    if isinstance(rows, dict):
        raise ValueError("answer needs a list, even for a single row: answer([row])")
    with open(f"{SAVE}.json", encoding="utf-8") as file:
        about = json.load(file)
    x = to_numbers(pd.DataFrame(rows), about["columns"])
    x = (x - about["x_mean"]) / about["x_spread"]
    y_hat = load(f"{SAVE}.npz").forward(x) * about["y_spread"] + about["y_mean"]
    if about["kinds"]:
        return [about["kinds"][i] for i in pick(y_hat, about["y_mean"], THRESHOLD)]
    return y_hat[:, 0].tolist()


if __name__ == "__main__":
    try:
        main()
    except UnicodeDecodeError:
        sys.exit(f'{FILE} isn\'t in UTF-8: write "encoding": "cp1252" into READ')
    except (OSError, ValueError, FloatingPointError) as error:
        sys.exit(str(error).splitlines()[0])
