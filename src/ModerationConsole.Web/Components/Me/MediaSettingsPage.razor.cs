using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Me;

/// <summary>How the signed-in person wants media shown, for everything, for severe cases and for categories of their own.</summary>
public sealed partial class MediaSettingsPage
{
    private const int LongestCategory = 100;

    private FormState<MediaForm>? _form;
    private IReadOnlyList<string> _known = [];
    private string _category = "";
    private bool _failed;

    [CascadingParameter]
    public required Myself Me { get; set; }

    [CascadingParameter]
    public DeskPreferences Preferences { get; set; } = DeskPreferences.Default;

    [Inject]
    public required ReadMyMediaPreferences Read { get; init; }

    [Inject]
    public required SaveMyMediaPreferences Save { get; init; }

    [Inject]
    public required ListMediaCategories ListCategories { get; init; }

    [Inject]
    public required ListPolicies ListPolicies { get; init; }

    [Inject]
    public required IMediaChoices Choices { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<MediaSettingsPage> Log { get; init; }

    // The person's own key, if they have one for it.
    private string RevealHelp => Preferences.Map.Label("revealUntilHidden") is { } key
        ? $"{MediaSettingsText.RevealAlways.With(key)} {MediaSettingsText.RevealHelp}"
        : MediaSettingsText.RevealHelp;

    protected override async Task OnInitializedAsync()
    {
        Caller caller = await Current.GetAsync();
        try
        {
            _form = new FormState<MediaForm>(new MediaForm(await Read.RunAsync(caller, CancellationToken.None)), Log);
        }
#pragma warning disable CA1031 // the page says that it cannot be read, and that nothing is shown more clearly for it
        catch (Exception error) when (error is not PermissionDeniedException)
#pragma warning restore CA1031
        {
            _failed = true;
            return;
        }

        _known = [.. (await KnownAsync(caller)).DistinctBy(MyMediaPreferences.Key).Order(StringComparer.CurrentCultureIgnoreCase)];
    }

    // Words that a case may bring along: what media is said to show, and what is reported.
    private async Task<IEnumerable<string>> KnownAsync(Caller caller) =>
    [
        .. Me.Permissions.Contains(Permission.ViewCases) ? await ListCategories.RunAsync(caller, CancellationToken.None) : [],
        .. Me.Permissions.Contains(Permission.ViewPolicies) ? (await ListPolicies.RunAsync(caller, archived: false, CancellationToken.None)).Select(policy => policy.Name) : [],
    ];

    private void Add()
    {
        _form!.Problems.Clear();
        string key = MyMediaPreferences.Key(_category);
        if (key.Length == 0)
        {
            _form.Problems.Add("media-category", MediaSettingsText.AddWhich);
        }
        else if (_form.Model.Parts.Any(part => part.Key == key))
        {
            _form.Problems.Add("media-category", MediaSettingsText.AddTwice);
        }
        else if (_form.Model.Parts.Count >= MyMediaPreferences.MostCategories + 2)
        {
            _form.Problems.Add("media-category", MediaSettingsText.AddFull);
        }
        else
        {
            _form.Model.Parts.Add(new MediaForm.Part(key, _form.Model.Parts[0].Read()) { Open = true });
            _category = "";
        }
    }

    private async Task SaveAsync()
    {
        if (await _form!.SaveAsync(async () =>
        {
            _form.Problems.Unless(
                _form.Model.ReblurSeconds is >= MediaPreferences.LeastReblurSeconds and <= MediaPreferences.MostReblurSeconds, "media-reblur", MediaSettingsText.ReblurBounds);
            if (!_form.Problems.Any)
            {
                SaveMediaPreferencesOutcome outcome = await Save.RunAsync(await Current.GetAsync(), _form.Model.Read(), CancellationToken.None);
                _form.Problems.Unless(outcome == SaveMediaPreferencesOutcome.Saved, "", MediaSettingsText.NotPossible);
            }
        }))
        {
            Choices.Forget();
            Status.Say(SharedText.Saved);
        }
    }
}
