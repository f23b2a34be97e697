using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Me;

/// <summary>The signed-in person's own settings. The layout draws what changes.</summary>
public sealed partial class SettingsPage
{
    private FormState<Form> _form = null!;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [CascadingParameter]
    public required Myself Me { get; set; }

    [Inject]
    public required SaveMyself SaveMyself { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<SettingsPage> Log { get; init; }

    private IEnumerable<string> Zones => TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)
        .Where(id => id.Contains('/', StringComparison.Ordinal) || id == "UTC").Append(_form.Model.TimeZone).Where(id => id.Length > 0)
        .Distinct().Order(StringComparer.Ordinal);

    protected override void OnInitialized()
    {
        DeskPreferences kept = DeskPreferences.Read(Me.DeskSettings);
        _form = new FormState<Form>(
            new Form { Theme = Me.Theme, TimeZone = Me.TimeZone, Density = kept.DensityInUse, Focus = kept.Focus ?? false }, Log);
    }

    private async Task SaveAsync()
    {
        if (await _form.SaveAsync(async () =>
        {
            DeskPreferences wanted = new() { Density = _form.Model.Density, Focus = _form.Model.Focus };
            SaveMyselfOutcome outcome = await SaveMyself.RunAsync(
                await Current.GetAsync(), new MySettings(_form.Model.Theme, _form.Model.TimeZone, DeskPatch: wanted.Write()), CancellationToken.None);
            _form.Problems.Unless(outcome == SaveMyselfOutcome.Saved, "my-zone", MeText.ZoneUnknown);
        }))
        {
            Status.Say(SharedText.Saved);
        }
    }

    /// <summary>The settings while they are changed.</summary>
    public sealed class Form
    {
        public string Theme { get; set; } = "";

        public string TimeZone { get; set; } = "";

        public string Density { get; set; } = "";

        public bool Focus { get; set; }
    }
}
