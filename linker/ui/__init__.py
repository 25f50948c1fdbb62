"""The reviewer application: pages thin over the engine."""
