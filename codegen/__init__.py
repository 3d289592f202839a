"""The generator of hyperhttp: `load -> ir -> rules -> emit -> ruff format -> write | check`.

It reads `spec/` and the syntax trees of the hand-written public modules, and writes the output
directories that `codegen.outputs` names. It imports nothing from `hyperhttp`, so a broken package
can always be generated again. `codegen.emit.stubs` describes the layout of the stubs.
"""
