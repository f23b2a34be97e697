using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>Says which tasks are about a threat to life: what is decided on them is sent without delay.</summary>
public interface IDecisionHaste
{
    /// <summary>Whether it is one.</summary>
    ValueTask<bool> IsEmergencyAsync(ConsoleDbContext db, ReviewTask task, CancellationToken cancellationToken);
}
