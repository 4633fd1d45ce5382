# clients-botocore.py: requests signed by botocore, as the tests ask for them: one JSON object a line on stdin, one answer
# a line on stdout. Without the AWS Common Runtime; the payload is unsigned the way botocore spells that.
import datetime
import http.client
import json
import sys

import botocore
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


class Clock(datetime.datetime):
    """The machine's clock, or the one that a request is to be signed by."""

    told = None

    @classmethod
    def utcnow(cls):
        return cls.told or super().utcnow()

    @classmethod
    def now(cls, tz=None):
        return cls.told or super().now(tz)


class Module:
    datetime = Clock

    def __getattr__(self, name):
        return getattr(datetime, name)


botocore.auth.datetime = Module()
if hasattr(botocore.auth, "get_current_datetime"):
    botocore.auth.get_current_datetime = lambda remove_tzinfo=True: Clock.utcnow()


def answer(asked):
    date = asked.get("date")
    Clock.told = Clock.strptime(date, "%Y%m%dT%H%M%SZ") if date else None
    # Signing in the query, botocore would move a body there too: it is not told of it.
    body = asked["body"].encode() if asked.get("body") else None
    data = None if asked["query"] else body
    request = AWSRequest(method=asked["method"], url="http://" + asked["host"] + asked["target"], data=data)
    if asked["payload"] == "unsigned":
        request.headers["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD"
        request.context["payload_signing_enabled"] = False
    elif asked["payload"] is not None:
        request.headers["x-amz-content-sha256"] = asked["payload"]
    keys = Credentials(asked["accessKeyId"], asked["secretAccessKey"], asked.get("sessionToken"))
    signer = botocore.auth.SigV4QueryAuth if asked["query"] else botocore.auth.SigV4Auth
    more = {"expires": 60} if asked["query"] else {}
    signer(keys, asked["service"], asked["region"], **more).add_auth(request)
    target = request.url.split("/", 3)[3]
    connection = http.client.HTTPConnection("127.0.0.1", asked["port"], timeout=10)
    headers = dict(request.headers.items())
    headers["Host"] = asked["host"]
    connection.request(asked["method"], "/" + target, body=body, headers=headers)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return {"status": response.status, "text": text}


print(json.dumps({"version": botocore.__version__}), flush=True)
for line in sys.stdin:
    try:
        told = answer(json.loads(line))
    except Exception as error:
        told = {"status": 0, "text": repr(error)}
    print(json.dumps(told), flush=True)
