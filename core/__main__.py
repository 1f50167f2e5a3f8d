"""`python -m core …`: the command line, for people, CI and scripts."""

from core.cli import main

if __name__ == "__main__":
    main()
