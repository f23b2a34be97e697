using System.Text.Json;
using ModerationConsole.Core.Access;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>A form while it is filled in: what was typed, what is wrong with it, whether it is stored. What was typed survives every error.</summary>
/// <typeparam name="T">What the form edits; compared by its JSON.</typeparam>
public sealed class FormState<T>(T model, ILogger log)
    where T : class
{
    private string _stored = JsonSerializer.Serialize(model);

    /// <summary>What is edited.</summary>
    public T Model { get; } = model;

    /// <summary>What keeps it from being saved.</summary>
    public Problems Problems { get; } = new();

    /// <summary>Whether saving is under way; a second press does nothing.</summary>
    public bool Saving { get; private set; }

    /// <summary>Whether there is something that is not stored.</summary>
    public bool Dirty => JsonSerializer.Serialize(Model) != _stored;

    /// <summary>Call after what is edited was filled in by other means than by hand.</summary>
    public void Keep() => _stored = JsonSerializer.Serialize(Model);

    /// <summary>Runs a save. It adds to <see cref="Problems"/> what it refuses; without any the form counts as stored.</summary>
    /// <returns>Whether it is stored.</returns>
    public async Task<bool> SaveAsync(Func<Task> save)
    {
        ArgumentNullException.ThrowIfNull(save);
        if (Saving)
        {
            return false;
        }

        Saving = true;
        Problems.Clear();
        try
        {
            await save();
        }
#pragma warning disable CA1031 // whatever went wrong, the text stays on the page and the person hears of it
        catch (Exception error) when (error is not (PermissionDeniedException or OperationCanceledException))
#pragma warning restore CA1031
        {
            log.LogError(error, "A form of {Model} could not be saved", typeof(T).Name);
            Problems.Add("", SharedText.SaveFailed);
        }
        finally
        {
            Saving = false;
        }

        if (Problems.Any)
        {
            Problems.Tell();
            return false;
        }

        Keep();
        return true;
    }
}
