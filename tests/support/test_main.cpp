#define BOOST_TEST_MODULE blindfold
#include <boost/test/unit_test.hpp>
