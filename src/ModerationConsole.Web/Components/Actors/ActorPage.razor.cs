using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Actors;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Retention;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Actors;

/// <summary>An account of the platform: what its strikes are made of, and how its reports were judged.</summary>
public sealed partial class ActorPage
{
    private ActorFile? _file;
    private bool _missing;
    private string? _reason;
    private string? _problem;

    /// <summary>Type of the account.</summary>
    [SupplyParameterFromQuery]
    public string? Type { get; set; }

    /// <summary>The account.</summary>
    [SupplyParameterFromQuery]
    public string? Id { get; set; }

    [CascadingParameter]
    public required Myself Me { get; set; }

    [Inject]
    public required ReadActor ReadActor { get; init; }

    [Inject]
    public required MuteReporter MuteReporter { get; init; }

    [Inject]
    public required UnmuteReporter UnmuteReporter { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    private PlatformActor Account => new(Type ?? "", Id ?? "");

    protected override Task OnParametersSetAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        _file = await ReadActor.RunAsync(await Current.GetAsync(), Account, CancellationToken.None);
        _missing = _file is null;
    }

    private async Task MuteAsync()
    {
        MuteReporterOutcome outcome = await MuteReporter.RunAsync(await Current.GetAsync(), Account, _reason, CancellationToken.None);
        _problem = outcome switch
        {
            MuteReporterOutcome.Muted or MuteReporterOutcome.AlreadyMuted => null,
            MuteReporterOutcome.ReasonRequired => ActorsText.ReasonRequired,
            MuteReporterOutcome.TextTooLong => ActorsText.ReasonTooLong,
            MuteReporterOutcome.AccountInvalid => ActorsText.Missing,
            _ => throw new InvalidOperationException("The outcome is unknown."),
        };
        if (_problem is null)
        {
            _reason = null;
            Status.Say(ActorsText.MutedNow);
            await ReadAsync();
        }
    }

    private async Task UnmuteAsync()
    {
        await UnmuteReporter.RunAsync(await Current.GetAsync(), Account, CancellationToken.None);
        Status.Say(ActorsText.UnmutedNow);
        await ReadAsync();
    }
}
