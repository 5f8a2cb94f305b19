"""Many machines: input cut into parts, read by workers that an engine starts, written as partitions.

``distribute`` plans and gives out, ``do_on_dask`` and ``do_serially`` are its engines, ``read_partitions`` reads what
was written. Only ``dask_engine`` knows Dask.
"""

from sigmine.cluster.chunks import Cut
from sigmine.cluster.dask_engine import do_on_dask
from sigmine.cluster.distribution import Progress, distribute
from sigmine.cluster.partitions import is_partitions, read_partitions
from sigmine.cluster.work import do_serially

__all__ = ["Cut", "Progress", "distribute", "do_on_dask", "do_serially", "is_partitions", "read_partitions"]
