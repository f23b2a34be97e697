using Microsoft.Extensions.Logging;

namespace ModerationConsole.Core.Data.Nodes;

/// <summary>
/// Duties of processes over one embedded database, which are all on one machine: whoever has the file open has the duty. The
/// machine closes the files of a process that dies, so another takes over at its next look, and an idle console writes nothing.
/// </summary>
public sealed class FileDuties(DatabaseOptions options, TimeProvider clock, ILogger<FileDuties> log) : NodeDuties(clock, log)
{
    private readonly TimeProvider _clock = clock;
    private readonly Dictionary<string, FileStream> _held = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public override Task<bool> HoldsAsync(DutyTerm term, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(term);
        return Task.FromResult(term.IsHeld);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        CloseAll();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override Task LookAsync(IReadOnlyList<NodeDuty> duties, CancellationToken cancellationToken)
    {
        foreach (NodeDuty duty in duties.Where(duty => duty.Term is null))
        {
            try
            {
                _held[duty.Name] = new FileStream(
                    Path.Combine(options.DataDirectory, $"node-{duty.Name}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                duty.Begin(new DutyTerm(duty.Name, Guid.Empty, null, _clock));
            }
            catch (IOException)
            {
                // Another process has it.
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override Task GiveUpAsync(IReadOnlyList<NodeDuty> duties, CancellationToken cancellationToken)
    {
        foreach (NodeDuty duty in duties)
        {
            duty.End();
        }

        CloseAll();
        return Task.CompletedTask;
    }

    private void CloseAll()
    {
        foreach (FileStream file in _held.Values)
        {
            file.Dispose();
        }

        _held.Clear();
    }
}
