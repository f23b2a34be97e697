using Microsoft.EntityFrameworkCore;

namespace ModerationConsole.Core.Data.Nodes;

/// <summary>Something that one node at a time does for all of them, as this node sees it.</summary>
public sealed class NodeDuty
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _clock;
    private volatile DutyTerm? _term;

    internal NodeDuty(string name, TimeProvider clock) => (Name, _clock) = (name, clock);

    /// <summary>Its name, the same on every node.</summary>
    public string Name { get; }

    /// <summary>The term in which this node has the duty; null while another has it.</summary>
    public DutyTerm? Term => _term is { IsHeld: true } held ? held : null;

    /// <summary>Waits until this node has the duty.</summary>
    public async Task<DutyTerm> TakenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Term is { } term)
            {
                return term;
            }

            await Task.Delay(s_look, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    internal DutyTerm? Last => _term;

    internal void Begin(DutyTerm term) => _term = term;

    internal void End()
    {
        _term?.Dispose();
        _term = null;
    }
}

/// <summary>Asks the database whether a term still holds.</summary>
public static class DutyChecks
{
    /// <summary>
    /// Whether the term holds at the moment that this context reads of. Asked inside the transaction of a write it keeps a node
    /// out that lost the duty while it was frozen, whatever its stopwatch says.
    /// </summary>
    public static async Task<bool> HoldsAsync(this ConsoleDbContext db, DutyTerm term, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(term);
        return term.IsHeld && (term.Fence is not { } fence || await db.Set<NodeLease>()
            .AnyAsync(row => row.Name == term.Name && row.Holder == term.Holder && row.Fence == fence, cancellationToken).ConfigureAwait(false));
    }
}
