"""What a version must show on an eval set before it is released."""
