# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from hyperhttp._client._generated.sync_client_options import SyncClientOptionsBase

class SyncRequestBuilder(SyncClientOptionsBase): ...
