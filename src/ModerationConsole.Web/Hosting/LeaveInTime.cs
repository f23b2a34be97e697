using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Web.Hosting;

/// <summary>How a node ends. Section <c>Node</c>.</summary>
public sealed class NodeOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Node";

    /// <summary><c>Node:DrainSeconds</c>: how long a node that is told to end says so before it stops answering.</summary>
    public int DrainSeconds { get; set; } = 2;
}

internal sealed class NodeOptionsValidator : IValidateOptions<NodeOptions>
{
    // What was accepted has to be finished in the rest of the twenty seconds.
    private const int Most = 10;

    public ValidateOptionsResult Validate(string? name, NodeOptions options) => options.DrainSeconds is >= 0 and <= Most
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"{NodeOptions.Section}:DrainSeconds must be from 0 to {Most}.");
}

/// <summary>
/// When the process is told to end: first everyone hears of it, the balancer by <c>/health/ready</c> and people by their pages,
/// and no new case is drawn here; a moment later the server stops.
/// </summary>
internal sealed class LeaveInTime(NodeState state, IOptions<NodeOptions> options, TimeProvider clock) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        state.Leave();
        await Task.Delay(TimeSpan.FromSeconds(options.Value.DrainSeconds), clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
