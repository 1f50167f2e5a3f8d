"""Let a model judge what another wrote: on record like every call, never in an editor's way, and measured against people."""
