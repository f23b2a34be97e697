using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Core.Escalations.Emergencies;

/// <summary>
/// Rings people on call: at once on the node on which an alert was written, and again until the receiver takes it. A node that dies
/// between taking an alert and hearing the answer leaves it held; another sends it again under the same id.
/// </summary>
public sealed partial class RingOnCall : BackgroundService
{
    private const int MostAtOnce = 16;
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(2);

    private readonly AlertDesk _desk;
    private readonly WebhookSender _sender;
    private readonly AlertSignal _signal;
    private readonly byte[]? _secret;
    private readonly bool _rings;
    private readonly TimeProvider _clock;
    private readonly ILogger<RingOnCall> _log;

    internal RingOnCall(AlertDesk desk, WebhookSender sender, AlertSignal signal, IOptions<OnCallOptions> options, TimeProvider clock, ILogger<RingOnCall> log)
    {
        (_desk, _sender, _signal, _clock, _log) = (desk, sender, signal, clock, log);
        _rings = options.Value.WebhookUrl.Length > 0;
        _secret = WebhookSecret.TryRead(options.Value.Secret, out byte[] secret) ? secret : null;
    }

    /// <summary>Sends everything that is due now, once each, and returns how many were sent.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<TakenAlert> taken = await _desk.TakeAsync(MostAtOnce, cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(taken.Select(alert => RingAsync(alert, cancellationToken))).ConfigureAwait(false);
        return taken.Count;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_rings)
        {
            await Task.Run(() => _sender.PrepareAsync(stoppingToken), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        List<Task> underWay = [];
        while (!stoppingToken.IsCancellationRequested)
        {
            underWay.RemoveAll(ringing => ringing.IsCompleted);
            try
            {
                if (underWay.Count >= MostAtOnce)
                {
                    await Task.WhenAny(underWay).WaitAsync(stoppingToken).ConfigureAwait(false);
                    continue;
                }

                // One that hangs must not keep another emergency waiting.
                IReadOnlyList<TakenAlert> taken = await _desk.TakeAsync(MostAtOnce - underWay.Count, stoppingToken).ConfigureAwait(false);
                underWay.AddRange(taken.Select(alert => RingAsync(alert, CancellationToken.None)));
                if (taken.Count == 0)
                {
                    await _signal.WaitAsync(await _desk.NextDueAsync(s_poll, stoppingToken).ConfigureAwait(false), _clock, stoppingToken).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // the database may be gone for a while; what is due stays due
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogFault(error.GetType().Name);
                await Task.Delay(s_poll, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        // What is on the wire is heard out, so that its answer is not lost.
        await Task.WhenAll(underWay).ConfigureAwait(false);
    }

    private async Task RingAsync(TakenAlert alert, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ours = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, alert.Term?.Over ?? CancellationToken.None);
        try
        {
            // A node that stood still may wake after another has taken over.
            if (alert.Term is { IsHeld: false })
            {
                return;
            }

            SendResult result = await _sender.SendAsync(alert.Id, alert.Address, alert.Body, ours.Token, _secret).ConfigureAwait(false);
            await _desk.RecordAsync(alert, result, cancellationToken).ConfigureAwait(false);
            if (result.Problem is not null)
            {
                LogProblem(alert.Id, alert.Attempt, result.Problem);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogLeft(alert.Id, alert.Attempt);
        }
#pragma warning disable CA1031 // one alert's fault is not another's; this one is held and will be sent again under its id
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFault(error.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "People on call could not be rung ({Error}); trying again")]
    private partial void LogFault(string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Alert {Id}, try {Attempt}, is left to whoever takes it next: no sign of life of this node came through")]
    private partial void LogLeft(Guid id, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Alert {Id}, try {Attempt}: {Problem}; trying again")]
    private partial void LogProblem(Guid id, int attempt, string problem);
}
