#!/usr/bin/env python3
"""Writes a C++ source that holds WSDL files: embed_wsdl.py OUTPUT FILE.wsdl ..."""
import json
import pathlib
import sys

output, *files = sys.argv[1:]
rows = []
for file in map(pathlib.Path, files):
    text = file.read_text(encoding="utf-8")
    if text.count('<soap:address location="') != 1:
        sys.exit(f"{file}: needs exactly one soap:address")
    if not text.isascii():
        sys.exit(f"{file}: only ASCII can be embedded")
    # one literal per line: compilers limit the length of a single one
    lines = "\n".join("        " + json.dumps(line) for line in text.splitlines(keepends=True))
    rows.append(f'    {{"{file.stem}",\n{lines}}},\n')

pathlib.Path(output).write_text(
    '#include "wsdl_documents.hpp"\n\n'
    "namespace cticonnector::ici {\n"
    "namespace {\n\n"
    "struct Document {\n    std::string_view service, text;\n};\n\n"
    "constexpr Document documents[] = {\n" + "".join(rows) + "};\n\n"
    "}  // namespace\n\n"
    "std::string_view wsdl_document(std::string_view service) {\n"
    "    for (const auto& document : documents)\n"
    "        if (document.service == service) return document.text;\n"
    "    return {};\n"
    "}\n\n"
    "}  // namespace cticonnector::ici\n",
    encoding="utf-8")
