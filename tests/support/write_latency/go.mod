module blindfold.invalid/tests/support/write_latency

go 1.24.0
