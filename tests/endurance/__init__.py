"""Load for minutes or hours while servers, network and process are in trouble (`make endurance`).

`script` decides by a seed what goes wrong and when, and `workload` which requests are sent. `run`
starts the servers and the load processes, and performs the script. `outcome` judges each response,
and `figures` computes the result from what was written on the way.
"""
