#include "doctor/kubernetes/policy_text.hpp"

#include <boost/test/unit_test.hpp>
