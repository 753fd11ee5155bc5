"""Where the bytes of files lie: a folder of this machine, or a bucket that all machines share."""
