"""What the end-to-end tests share: starting the agent, the canary, mounts, kubelet's writer."""
