using System.Globalization;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>Puts together the cases and people of a session.</summary>
public sealed partial class CalibrationFormPage
{
    private FormState<Form>? _form;
    private KeyValuePair<string, string>[] _people = [];
    private long? _version;
    private Guid? _saved;
    private bool _missing;

    /// <summary>The session; null to make one.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    [Inject]
    public required ReadCalibration ReadCalibration { get; init; }

    [Inject]
    public required SaveCalibration SaveCalibration { get; init; }

    [Inject]
    public required ListPeopleNames ListPeopleNames { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<CalibrationFormPage> Log { get; init; }

    protected override async Task OnInitializedAsync()
    {
        Caller caller = await Current.GetAsync();
        _people = [.. (await ListPeopleNames.RunAsync(caller, CancellationToken.None)).Where(person => !person.Disabled)
            .Select(person => KeyValuePair.Create(person.Id.ToString(), person.Name))];
        CalibrationView? session = Id is { } id ? await ReadCalibration.RunAsync(caller, id, CancellationToken.None) : null;
        _missing = Id is not null && session is not { State: CalibrationState.Draft };
        _version = session?.Version;
        _form = _missing ? null : new FormState<Form>(Form.Of(session), Log);
    }

    private async Task SaveAsync()
    {
        FormState<Form> form = _form!;
        if (await form.SaveAsync(() => SaveAsync(form)))
        {
            Status.Say(SharedText.SavedThing.With(form.Model.Name.Trim()));
            Navigation.NavigateTo($"quality/calibration/{_saved}");
        }
    }

    private async Task SaveAsync(FormState<Form> form)
    {
        string[] lines = form.Model.Cases.Split(['\n', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Array.Find(lines, line => Figures.Number(line) is null) is { } wrong)
        {
            form.Problems.Add("calibration-cases", CalibrationText.CaseNumbersInvalid.With(wrong));
            return;
        }

        SaveCalibrationResult result = await SaveCalibration.RunAsync(
            await Current.GetAsync(),
            new CalibrationDraft(Id, form.Model.Name, [.. lines.Select(line => Figures.Number(line)!.Value)], [.. form.Model.People.Select(Guid.Parse)], _version),
            CancellationToken.None);
        _saved = result.SessionId;
        if (CalibrationWords.Problem(result) is var (field, message))
        {
            form.Problems.Add(field, message);
        }
    }

    /// <summary>A session while it is put together.</summary>
    public sealed class Form
    {
        public string Name { get; set; } = "";

        public string Cases { get; set; } = "";

        public SortedSet<string> People { get; init; } = [];

        internal static Form Of(CalibrationView? session) => session is null ? new Form() : new Form
        {
            Name = session.Name,
            Cases = string.Join('\n', session.Cases.Select(row => row.CaseNumber.ToString(CultureInfo.InvariantCulture))),
            People = [.. session.People.Select(person => person.Id.ToString())],
        };
    }
}
