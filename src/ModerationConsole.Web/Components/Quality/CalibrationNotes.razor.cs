using System.Globalization;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>Notes of a session: the lead writes them, all who are in it read them.</summary>
public sealed partial class CalibrationNotes
{
    private FormState<Form> _form = null!;
    private long? _read;

    /// <summary>The session.</summary>
    [Parameter, EditorRequired]
    public required CalibrationView Session { get; set; }

    /// <summary>Whether the reader writes them.</summary>
    [Parameter]
    public bool MayWrite { get; set; }

    /// <summary>They were kept.</summary>
    [Parameter]
    public EventCallback OnNoted { get; set; }

    [Inject]
    public required NoteCalibration NoteCalibration { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<CalibrationNotes> Log { get; init; }

    protected override void OnParametersSet()
    {
        // What is typed stays while the rest of the page is read again.
        if (_read is null || (_read != Session.Version && !_form.Dirty))
        {
            _read = Session.Version;
            _form = new FormState<Form>(Form.Of(Session), Log);
        }
    }

    private static string Title(long? number) => number is { } about ? CalibrationText.NotesOf.With(about) : CalibrationText.Notes;

    private static string Field(Note note) => string.Create(CultureInfo.InvariantCulture, $"note-{note.Case ?? 0}");

    private async Task SaveAsync()
    {
        if (await _form.SaveAsync(KeepAsync))
        {
            foreach (Note note in _form.Model.Notes)
            {
                note.Kept = note.Text;
            }

            _form.Keep();
            Status.Say(CalibrationText.Noted);
            await OnNoted.InvokeAsync();
        }
    }

    private async Task KeepAsync()
    {
        foreach (Note note in _form.Model.Notes.Where(note => note.Text != note.Kept))
        {
            NoteCalibrationOutcome outcome = await NoteCalibration.RunAsync(await Current.GetAsync(), Session.Id, note.Case, note.Text, CancellationToken.None);
            if (outcome != NoteCalibrationOutcome.Noted)
            {
                _form.Problems.Add(Field(note), outcome == NoteCalibrationOutcome.TooLong ? CalibrationText.NoteTooLong : CalibrationText.NotNow);
            }
        }
    }

    /// <summary>All notes of a session.</summary>
    public sealed class Form
    {
        public List<Note> Notes { get; init; } = [];

        internal static Form Of(CalibrationView session) => new()
        {
            Notes = [new Note(null, session.Notes), .. session.Cases.Select(row => new Note(row.CaseNumber, row.Notes))],
        };
    }

    /// <summary>A note.</summary>
    /// <param name="about">The case; null for the session as a whole.</param>
    public sealed class Note(long? about, string text)
    {
        public long? Case { get; } = about;

        public string Text { get; set; } = text;

        internal string Kept { get; set; } = text;
    }
}
