using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Quality.Golden;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>A golden case: what was agreed and how it is answered, never by whom.</summary>
public sealed partial class GoldenCasePage
{
    private GoldenView? _golden;
    private bool _missing;

    /// <summary>The golden case.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [CascadingParameter]
    public required Core.People.Myself Me { get; set; }

    [Inject]
    public required ReadGolden ReadGolden { get; init; }

    [Inject]
    public required RetireGolden RetireGolden { get; init; }

    [Inject]
    public required AllowSevereGolden AllowSevereGolden { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required ShellScript Script { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    protected override Task OnParametersSetAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        _golden = await ReadGolden.RunAsync(await Current.GetAsync(), Id, CancellationToken.None);
        _missing = _golden is null;
    }

    // It cannot be taken back, so it is asked.
    private async Task RetireAsync()
    {
        if (await Script.ConfirmAsync(GoldenText.RetireQuestion))
        {
            await SayAsync(await RetireGolden.RunAsync(await Current.GetAsync(), Id, CancellationToken.None), GoldenText.RetiredNow);
        }
    }

    private async Task AllowAsync() =>
        await SayAsync(await AllowSevereGolden.RunAsync(await Current.GetAsync(), Id, CancellationToken.None), GoldenText.AllowedNow);

    private async Task SayAsync(ChangeGoldenOutcome outcome, string done)
    {
        Status.Say(outcome switch
        {
            ChangeGoldenOutcome.Changed => done.With(_golden?.CaseNumber),
            ChangeGoldenOutcome.NotFound => GoldenText.Missing,
            ChangeGoldenOutcome.NotSo => GoldenText.NotSo,
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        });
        await ReadAsync();
    }
}
