"""The State's x-ray: everything it received, clustered into themes under umbrellas."""
