"""Generates a protocol's tables and structs: python3 tools/codecgen --namespace ged188 --description ged188.json
[--provisional arm-provisional.json] --codec codec.json --base ged188.json --parts 3 --out DIR

Files whose text did not change keep their time, so that nothing is compiled again without need."""

import argparse
import pathlib

import emit
import model


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description="Tables and structs of a protocol from its description")
    parser.add_argument("--namespace", required=True)
    parser.add_argument("--description", required=True)
    parser.add_argument("--provisional", help="bodies for the messages that the description has none for")
    parser.add_argument("--codec", required=True, help="which messages get structs, enumerations, secrets")
    parser.add_argument("--base", required=True, help="the description with the framing and the limits")
    parser.add_argument("--parts", type=int, default=1, help="how many files tables and bindings are spread over")
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    loaded = model.load(arguments.description, arguments.provisional, arguments.codec, arguments.base)
    for name, text in emit.files(loaded, arguments.namespace, arguments.parts).items():
        write(pathlib.Path(arguments.out) / name, text)


if __name__ == "__main__":
    main()
