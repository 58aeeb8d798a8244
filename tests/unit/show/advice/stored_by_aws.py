"""Runs printed commands with the real aws command line against moto's server.

Standard input: a JSON list of {"shell", "script", "input", "name", "parameter",
"exists"}, the input in base64. Standard output: a line a case, what is stored under the name, in
base64, after what the commands said on standard error. Exits with 77 where aws or moto
is not there.
"""

import base64
import json
import os
import shutil
import subprocess
import sys

try:
    import boto3
    from moto.server import ThreadedMotoServer
except ImportError:
    sys.exit(77)
if shutil.which("aws") is None:
    sys.exit(77)

REGION = "eu-west-1"


def create(client, case):
    if case["parameter"]:
        client.put_parameter(Name=case["name"], Type="String", Value="before")
    else:
        client.create_secret(Name=case["name"], SecretString="before")


def stored(client, case):
    if case["parameter"]:
        found = client.get_parameter(Name=case["name"], WithDecryption=True)["Parameter"]
        return found["Type"] + ":" + found["Value"]
    return client.get_secret_value(SecretId=case["name"])["SecretString"]


def main():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    endpoint = "http://%s:%d" % server.get_host_and_port()
    os.environ.update(AWS_ENDPOINT_URL=endpoint, AWS_ACCESS_KEY_ID="testing",
                      AWS_SECRET_ACCESS_KEY="testing", AWS_CONFIG_FILE="/dev/null",
                      AWS_SHARED_CREDENTIALS_FILE="/dev/null", AWS_PAGER="")
    clients = [boto3.client(service, endpoint_url=endpoint, region_name=REGION)
               for service in ("secretsmanager", "ssm")]
    for case in json.load(sys.stdin):
        client = clients[case["parameter"]]
        if case["exists"]:
            create(client, case)
        ran = subprocess.run([case["shell"], "-c", case["script"]], check=False,
                             input=base64.b64decode(case["input"]), capture_output=True)
        error = ran.stderr.decode(errors="replace").strip().replace("\n", " ")
        value = stored(client, case).encode()
        print(error + base64.b64encode(value).decode(), flush=True)
    server.stop()


main()
