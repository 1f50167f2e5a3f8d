"""What a run says about its candidates beside the baseline."""
