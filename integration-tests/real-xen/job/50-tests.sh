# Xen's own test program in dom0.
# shellcheck shell=bash disable=SC2154

check "test-xenstore in dom0" test-xenstore -i "${JOB_ITERATIONS:-30}"
step tested
