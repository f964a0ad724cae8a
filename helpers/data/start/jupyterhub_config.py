"""A class on one Linux machine: the kit installed once, and for every student a folder with notebooks and answers.

Start it in an empty folder of an account that owns nothing else; the guide says how, under *A class on one link*.
"""

import os
import shlex
import sys
from pathlib import Path

NOTEBOOKS = shlex.quote(str(Path(__file__).resolve().parents[3] / "notebooks"))

c = get_config()  # noqa: F821
c.JupyterHub.bind_url = "http://127.0.0.1:8000"  # only for the school's web server, which adds https
c.JupyterHub.authenticator_class = "shared-password"  # or "pam": accounts of this machine
c.SharedPasswordAuthenticator.user_password = os.environ.get("LIMA_CLASS_PASSWORD")  # eight letters or more
c.Authenticator.allowed_users = {f"s{number:02}" for number in range(1, 31)}  # or names that only the class knows
c.JupyterHub.spawner_class = "simple"  # or "localprocess": each student's files behind a lock of the system
c.SimpleLocalProcessSpawner.home_dir_template = str(Path.cwd() / "students" / "{username}")
copying = f"mkdir -p ~/lima/notebooks; cp -n {NOTEBOOKS}/*.* ~/lima/notebooks/"  # what is there already stays
c.Spawner.cmd = ["sh", "-c", f'{copying}; exec {shlex.quote(sys.executable)} -m jupyterhub.singleuser "$@"', "sh"]
c.Spawner.notebook_dir = "~/lima"
c.Spawner.environment = {"LIMA_WORK": "~/lima/work"}
c.Spawner.default_url = "/lab/tree/notebooks/00_start_here.ipynb"
c.Spawner.start_timeout = 300  # thirty begin at one bell
c.Spawner.http_timeout = 240  # with the 30 seconds of the default half of a class came in
c.Spawner.poll_interval = 10  # a server that has died is noticed after so many seconds
c.Spawner.args = [
    "--MappingKernelManager.cull_idle_timeout=1800",  # a notebook whose page is closed gives its memory back
    "--ServerApp.shutdown_no_activity_timeout=7200",
]
