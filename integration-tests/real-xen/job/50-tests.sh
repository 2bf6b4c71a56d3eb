# Xen's own test program in dom0.
# shellcheck shell=bash

check "test-xenstore in dom0" test-xenstore -i "${JOB_ITERATIONS:-30}"
step tested
