using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ModerationConsole.Core.Data.Nodes;

/// <summary>
/// Sees to it that each duty is done by one node, and by another soon after that one stopped, died or froze.
/// </summary>
public abstract partial class NodeDuties(TimeProvider clock, ILogger log) : BackgroundService
{
    /// <summary>Sealing of the audit.</summary>
    public const string Sealing = "sealing";

    /// <summary>What is done again and again: leases that ran out, pauses that end, batches, and the like.</summary>
    public const string Periodic = "periodic";

    /// <summary>Upkeep of what lies on the disk.</summary>
    public const string Upkeep = "upkeep";

    /// <summary>Turning promised items into cases.</summary>
    public const string Intake = "intake";

    /// <summary>Removal of what is older than it is kept.</summary>
    public const string Retention = "retention";

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock = clock;
    private readonly ILogger _log = log;
    private NodeDuty[] _duties = [];

    /// <summary>The duty of that name. Ask before the console starts.</summary>
    public NodeDuty For(string name)
    {
        lock (_gate)
        {
            NodeDuty? duty = Array.Find(_duties, duty => duty.Name == name);
            if (duty is null)
            {
                duty = new NodeDuty(name, _clock);
                _duties = [.. _duties, duty];
            }

            return duty;
        }
    }

    /// <summary>Looks once which duties this node has, shows life for those, and takes those that nobody does.</summary>
    public Task LookAsync(CancellationToken cancellationToken) => LookAsync(_duties, cancellationToken);

    /// <summary>Whether the term holds, asked of whatever keeps it and not of this node's memory.</summary>
    public abstract Task<bool> HoldsAsync(DutyTerm term, CancellationToken cancellationToken);

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // A node alone begins at once.
        await TryLookAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await GiveUpAsync(_duties, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the others notice that nobody shows life
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFault(error.GetType().Name);
        }
    }

    /// <inheritdoc cref="LookAsync(CancellationToken)" />
    protected abstract Task LookAsync(IReadOnlyList<NodeDuty> duties, CancellationToken cancellationToken);

    /// <summary>Leaves the duties that this node has to whoever wants them.</summary>
    protected abstract Task GiveUpAsync(IReadOnlyList<NodeDuty> duties, CancellationToken cancellationToken);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(s_look, _clock, stoppingToken).ConfigureAwait(false);
                await TryLookAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The console is stopping.
        }
    }

    private async Task TryLookAsync(CancellationToken stoppingToken)
    {
        try
        {
            await LookAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // the database may be gone for a while: this node's terms end by themselves then
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFault(error.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What this node does for all could not be looked up ({Error}); trying again")]
    private partial void LogFault(string error);
}
