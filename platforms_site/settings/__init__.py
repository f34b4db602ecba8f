"""Settings of the whole site, from the environment only; ``docs/operations.md`` lists the variables.

``DEPLOYMENT=embedded`` (the default) needs no server beside the three processes; ``production`` refuses to start unless
every secret and address is given and strong.
"""

from platforms_site.settings.base import *
from platforms_site.settings.data import *
from platforms_site.settings.logs import *
from platforms_site.settings.security import *
from platforms_site.settings.tasks import *
