"""Does a prompt hold on cases that we chose? Sets of cases, runs of candidates on them, comparisons, and the gate."""
