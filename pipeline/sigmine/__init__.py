"""sigmine"""
