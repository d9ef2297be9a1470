"""虚拟集群政策助手: questions on virtual industrial clusters, answered with verified citations."""

__version__ = "0.1.0"
