using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ModerationConsole.Core.Enforcement;

/// <summary>
/// Tells the platform what is due, outside of any transaction. A node that dies between taking a delivery and hearing the answer
/// leaves it held; when the hold is over it is sent again under the same id.
/// </summary>
public sealed partial class DeliverActions : BackgroundService
{
    private const int MostAtOnce = 32;
    private const int MostToOneAddress = 8;
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly DeliveryDesk _desk;
    private readonly WebhookSender _sender;
    private readonly DeliverySignal _signal;
    private readonly TimeProvider _clock;
    private readonly ILogger<DeliverActions> _log;

    internal DeliverActions(DeliveryDesk desk, WebhookSender sender, DeliverySignal signal, TimeProvider clock, ILogger<DeliverActions> log)
    {
        (_desk, _sender, _signal, _clock, _log) = (desk, sender, signal, clock, log);
    }

    /// <summary>Sends everything that is due now, once each, and returns how many were sent.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<TakenDelivery> taken = await _desk
            .TakeAsync(MostAtOnce, MostAtOnce, new Dictionary<string, int>(), cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(taken.Select(delivery => DeliverAsync(delivery, cancellationToken))).ConfigureAwait(false);
        return taken.Count;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<(string Address, Task Sending)> underWay = [];
        while (!stoppingToken.IsCancellationRequested)
        {
            underWay.RemoveAll(row => row.Sending.IsCompleted);
            try
            {
                if (!await StartDueAsync(underWay, stoppingToken).ConfigureAwait(false))
                {
                    await WaitAsync(underWay, stoppingToken).ConfigureAwait(false);
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

        // What is on the wire is heard out, so that its answer is not lost and nothing is sent twice for a restart.
        await Task.WhenAll(underWay.Select(row => row.Sending)).ConfigureAwait(false);
    }

    private async Task<bool> StartDueAsync(List<(string Address, Task Sending)> underWay, CancellationToken cancellationToken)
    {
        if (underWay.Count >= MostAtOnce)
        {
            return false;
        }

        Dictionary<string, int> count = underWay.CountBy(row => row.Address).ToDictionary();
        IReadOnlyList<TakenDelivery> taken = await _desk
            .TakeAsync(MostAtOnce - underWay.Count, MostToOneAddress, count, cancellationToken).ConfigureAwait(false);
        underWay.AddRange(taken.Select(delivery => (delivery.Address, DeliverAsync(delivery, CancellationToken.None))));
        return taken.Count > 0;
    }

    private async Task WaitAsync(List<(string Address, Task Sending)> underWay, CancellationToken cancellationToken)
    {
        TimeSpan wait = await _desk.NextDueAsync(s_poll, cancellationToken).ConfigureAwait(false);
        using CancellationTokenSource heard = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task woken = _signal.WaitAsync(wait, _clock, heard.Token);
        await Task.WhenAny([woken, .. underWay.Select(row => row.Sending)]).ConfigureAwait(false);
        await heard.CancelAsync().ConfigureAwait(false);
        await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // A busy console commits all the time; looking twenty times a second is enough.
        await Task.Delay(s_pause, _clock, cancellationToken).ConfigureAwait(false);
    }

    private async Task DeliverAsync(TakenDelivery delivery, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ours = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, delivery.Term?.Over ?? CancellationToken.None);
        try
        {
            // A node that stood still may wake after another has taken over.
            if (delivery.Term is { IsHeld: false })
            {
                return;
            }

            SendResult result = await _sender.SendAsync(delivery.Id, delivery.Address, delivery.Body, ours.Token).ConfigureAwait(false);
            await _desk.RecordAsync(delivery, result, cancellationToken).ConfigureAwait(false);
            if (result.Problem is not null)
            {
                LogProblem(delivery.Id, delivery.Attempt, result.Problem);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogLeft(delivery.Id, delivery.Attempt);
        }
#pragma warning disable CA1031 // one delivery's fault is not another's; this one is held and will be sent again under its id
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFault(error.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deliveries could not be worked ({Error}); trying again")]
    private partial void LogFault(string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Id}, try {Attempt}, is left to whoever takes it next: no sign of life of this node came through")]
    private partial void LogLeft(Guid id, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery {Id}, try {Attempt}: {Problem}")]
    private partial void LogProblem(Guid id, int attempt, string problem);
}
