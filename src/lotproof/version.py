"""The version, once for the program and the orders it builds."""

VERSION = "0.1.0"
