"""AWS as far as secrets, parameters, rights and credentials go, on loopback.

moto keeps what is stored. What stands before it does what AWS does and moto does not: it
recomputes every signature with botocore, knows which identity may do what, throttles, serves
pages as the services do, answers late or with the state of before, and tells of each request.
"""
