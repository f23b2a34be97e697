namespace ModerationConsole.Core.Media;

/// <summary>Keeps each piece of media once, under the hash of its content, with the renditions made of it.</summary>
public interface IMediaStore
{
    /// <summary>Where files arrive before they are stored; on the same volume, so that storing is a rename.</summary>
    string IncomingDirectory { get; }

    /// <summary>Stores the file, encrypted if it arrived so, or drops it when its content is already here. True when it was new.</summary>
    Task<bool> KeepAsync(IncomingMedia media, CancellationToken cancellationToken);

    /// <summary>The path of the stored original for the renderer, or null when there is none, it is encrypted, or the hash is none.</summary>
    string? FindOriginal(string sha256);

    /// <summary>The original to read, seekable and in the clear, or null when there is none or the hash is none.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It is encrypted and was tampered with, or its key is gone; reads may throw it too.</exception>
    Stream? OpenOriginal(string sha256);

    /// <summary>Stores a rendition of a step of the ladder, in place of an earlier one; encrypted if its original is.</summary>
    /// <exception cref="ArgumentException">The hash is not 64 lower-case hex digits.</exception>
    Task KeepRenditionAsync(string sha256, MediaStep step, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <inheritdoc cref="KeepRenditionAsync(string, MediaStep, ReadOnlyMemory{byte}, CancellationToken)" />
    Task KeepRenditionAsync(string sha256, MediaStep step, Stream content, CancellationToken cancellationToken);

    /// <summary>A rendition to read, seekable and in the clear, or null when there is none or the hash is none.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It is encrypted and was tampered with, or its key is gone; reads may throw it too.</exception>
    Stream? OpenRendition(string sha256, MediaStep step);

    /// <summary>
    /// Rewrites the original and every rendition encrypted and removes the plain files. What is encrypted already stays so;
    /// cut short, it may be called again.
    /// </summary>
    /// <returns>Id of the key.</returns>
    Task<string> EncryptAsync(string sha256, CancellationToken cancellationToken);

    /// <summary>Deletes the original and every rendition, encrypted or not. Nothing happens where there are none.</summary>
    void Remove(string sha256);

    /// <summary>Removes files that a killed process left half arrived: those that got no byte since <paramref name="arrivedBefore"/>.</summary>
    void DiscardAbandoned(DateTimeOffset arrivedBefore);
}
