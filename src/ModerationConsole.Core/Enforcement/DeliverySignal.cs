using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Enforcement;

/// <summary>Wakes the deliveries of this node after a commit: an action may have been written that is due at once.</summary>
public sealed class DeliverySignal : CommitSignal;
