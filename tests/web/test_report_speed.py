import time

import pytest
from django.db import connection

from tests.insights.big import fill

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_report_on_thirty_thousand_contacts_takes_less_than_a_second_and_a_half(ada, signed_in):
    fill(ada)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = signed_in(ada)
    client.get("/report/")  # templates are compiled once
    for address in ("/report/", "/report/people/never/?page=300", "/report/companies.csv"):
        began = time.perf_counter()
        assert client.get(address).status_code == 200
        print(f"{address} {time.perf_counter() - began:.3f} s")
        assert time.perf_counter() - began < 1.5, address
