public import FactoryDomain

/// Keeps the templates that people have published.
public protocol TemplateStore: Sendable {
    /// Keeps a new template.
    ///
    /// - Throws: ``StoreError/nameTaken(_:)`` where another has its name.
    func publish(_ template: TemplateRecord) async throws(StoreError)

    /// The template `name`; nil where there is none.
    func template(named name: String) async throws(StoreError) -> TemplateRecord?

    /// Templates behind the name `name`, by name, at most `limit`.
    func templates(after name: String, limit: Int) async throws(StoreError) -> [TemplateRecord]

    /// Removes the template `name`; nothing happens where there is none.
    func removeTemplate(named name: String) async throws(StoreError)
}
