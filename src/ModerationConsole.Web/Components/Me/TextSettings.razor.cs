using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Review.Masking;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Me;

/// <summary>How text of users is shown to this person.</summary>
public sealed partial class TextSettings
{
    private bool _mask;
    private bool _saving;

    [CascadingParameter]
    public required Myself Me { get; set; }

    [Inject]
    public required SaveMyself SaveMyself { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    protected override void OnParametersSet()
    {
        if (!_saving)
        {
            _mask = TextMask.IsWanted(Me.DeskSettings);
        }
    }

    private async Task SaveAsync(ChangeEventArgs change)
    {
        _saving = true;
        bool wanted = change.Value is true;
        SaveMyselfOutcome outcome = await SaveMyself.RunAsync(
            await Current.GetAsync(), new MySettings(DeskPatch: $$"""{"{{TextMask.Setting}}":{{(wanted ? "true" : "null")}}}"""), CancellationToken.None);
        _saving = false;
        if (outcome == SaveMyselfOutcome.Saved)
        {
            _mask = wanted;
        }

        Status.Say(outcome == SaveMyselfOutcome.Saved ? SharedText.Saved : MeText.NotSaved);
    }
}
