module blindfold.invalid/tests/support/recording_proxy

go 1.24.0
