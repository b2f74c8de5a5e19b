// Nothing of its own: the target it belongs to precompiles what every test includes.
