"""The generator of hyperhttp: `load -> ir -> rules -> emit -> ruff format -> write | check`.

It reads `spec/` and the syntax trees of the hand-written public modules, and writes the rooms that
`codegen.outputs` names. It imports nothing from `hyperhttp`, so a broken package can always be made
again. How the stubs are laid out, and why, is told in `codegen.emit.stubs`.
"""
